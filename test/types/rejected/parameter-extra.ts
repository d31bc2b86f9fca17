// Refused with: ContractMismatch<"list: number of parameters", 3, 2>
import { DubboInterface, java } from 'nestjs-dubbo';
import { Comment } from '../comment.js';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  list: { params: [java.long, java.string], returns: java.list(Comment) },
})
export abstract class CommentService {
  abstract list(productId: bigint, author: string, page: number): Promise<Comment[]>;
}
