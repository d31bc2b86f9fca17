// Refused with: publish: result
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  async list(productId: bigint, author: string | null): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: productId, content: author })];
  }

  async publish(comment: Comment): Promise<string> {
    return comment.content;
  }
}
