// Refused with: publish: the table has it, the class has not
import { DubboInterface, java } from 'nestjs-dubbo';
import { Comment } from '../comment.js';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  list: { params: [java.long, java.string], returns: java.list(Comment) },
  publish: { params: [Comment], returns: java.void },
})
export abstract class CommentService {
  abstract list(productId: bigint, author: string): Promise<Comment[]>;
}
