// Refused with: list: parameter 2 of the contract is missing
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: productId })];
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
