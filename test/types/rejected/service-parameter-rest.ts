// Refused with: list: rest parameters are refused
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint, ...rest: (string | null)[]): Promise<Comment[]> {
    return rest.map((content) => Object.assign(new Comment(), { id: productId, content }));
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
