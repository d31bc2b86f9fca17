// Refused with: publish: the contract has it, the class has it not, or not as a public method
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint, author: string | null): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: productId, content: author })];
  }

  private publish(comment: Comment) {
    comment.content.trim();
  }
}
