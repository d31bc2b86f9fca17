// Refused with: list: result
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint, author: string | null): Promise<Comment[] | null> {
    return productId > 0n && author ? [] : null;
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
