// Refused with: find: TypeScript overloads and generic methods are refused
import { DubboInterface, java } from 'nestjs-dubbo';
import { Comment } from '../comment.js';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  find: { params: [java.long], returns: Comment },
})
export abstract class CommentService {
  abstract find<T>(id: bigint): Promise<T>;
}
