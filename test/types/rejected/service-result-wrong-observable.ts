// Refused with: list: result
import { of, type Observable } from 'rxjs';
import { DubboService } from 'nestjs-dubbo';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

// The next line fails.
@DubboService(CommentService)
export class CommentController {
  list(productId: bigint, author: string | null): Observable<string> {
    return of(`${productId} ${author}`);
  }

  publish(comment: Comment) {
    comment.content.trim();
  }
}
