// Refused with: ServiceMismatch<"list: parameter 2", string, string | null>
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint, author: string): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: productId, content: author })];
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
