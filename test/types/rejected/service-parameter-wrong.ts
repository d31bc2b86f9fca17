// Refused with: ServiceMismatch<"list: parameter 1", number, bigint>
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: number, author: string | null): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: BigInt(productId), content: author })];
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
