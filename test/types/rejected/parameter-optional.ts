// Refused with: list: number of parameters
import { DubboInterface, java } from 'nestjs-dubbo';
import { Comment } from '../comment.js';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  list: { params: [java.long, java.string], returns: java.list(Comment) },
})
export abstract class CommentService {
  abstract list(productId: bigint, author?: string): Promise<Comment[]>;
}
