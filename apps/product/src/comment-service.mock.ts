import type { Comment, CommentService } from '@demo/contracts';

/** What a page shows when no comments can be had. `publish` has no mock: a comment must not get lost unseen. */
export class CommentServiceMock implements Pick<CommentService, 'getCommentsByProductId'> {
  async getCommentsByProductId(productId: bigint): Promise<Comment[]> {
    const text = 'The comments are not available right now.';
    return [{ id: 0n, productId, author: 'mock', text, writtenAt: new Date(), servedBy: 0 }];
  }
}
