import { DubboInterface, java } from 'nestjs-dubbo';
import { Comment } from './comment.js';

@DubboInterface('com.acme.comment.CommentService', {
  list: { params: [java.long, java.string], returns: java.list(Comment) },
  publish: { params: [Comment], returns: java.void },
})
export abstract class CommentService {
  abstract list(productId: bigint, author: string | null): Promise<Comment[]>;
  abstract publish(comment: Comment): Promise<void>;
}
