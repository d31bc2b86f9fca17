import { setTimeout as sleep } from 'node:timers/promises';
import type { Comment } from '@demo/contracts';
import { Injectable } from '@nestjs/common';

/** So many people comment on this product that loading the comments takes 5 seconds. */
const popularProduct = 2n;

export type NewComment = Pick<Comment, 'productId' | 'author' | 'text'>;

/** Stands for a database. */
@Injectable()
export class CommentRepository {
  // Beyond 2^53, as the ids of real systems are: a JavaScript number could not hold them.
  #nextId = 9_007_199_254_740_993n;
  readonly #comments: Comment[] = [
    this.#stored({ productId: 1n, author: 'Ada', text: 'Pours without a drop beside. 👍' }),
    this.#stored({ productId: 1n, author: '李雷', text: '很好用' }),
    this.#stored({ productId: popularProduct, author: 'Bob', text: 'Everybody has one.' }),
  ];

  /** Rejects with an AbortError when the signal says so. */
  async findByProduct(productId: bigint, signal: AbortSignal): Promise<Comment[]> {
    if (productId === popularProduct) await sleep(5_000, undefined, { signal });
    return this.#comments.filter((comment) => comment.productId === productId);
  }

  async add(comment: NewComment): Promise<Comment> {
    const stored = this.#stored(comment);
    this.#comments.push(stored);
    return stored;
  }

  #stored({ productId, author, text }: NewComment): Comment {
    const id = this.#nextId++;
    return { id, productId, author, text, writtenAt: new Date(), servedBy: process.pid };
  }
}
