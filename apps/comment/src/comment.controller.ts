import { type Comment, CommentRejected, CommentService } from '@demo/contracts';
import { Ctx } from '@nestjs/microservices';
import { DubboContext, DubboService } from 'nestjs-dubbo';
import { CommentRepository } from './comment.repository.js';

const forbiddenWords = ['spam', 'casino'];

@DubboService(CommentService, { version: '1.0.0' })
export class CommentController {
  constructor(private readonly comments: CommentRepository) {}

  /** The signal ends the search when the caller has stopped waiting for it. */
  async getCommentsByProductId(productId: bigint, @Ctx() context: DubboContext): Promise<Comment[]> {
    return this.comments.findByProduct(productId, context.signal);
  }

  async publish(productId: bigint, author: string, text: string): Promise<Comment> {
    const word = forbiddenWords.find((forbidden) => text.toLowerCase().includes(forbidden));
    if (word) throw new CommentRejected(productId, word);
    return this.comments.add({ productId, author, text });
  }
}
