import { Ctx } from '@nestjs/microservices';
import { DubboMethod, DubboService, type DubboContext } from 'nestjs-dubbo';
import { of, type Observable } from 'rxjs';
import { Comment } from '../comment.js';
import { CommentService } from '../comment-service.js';

const comment = Object.assign(new Comment(), { id: 1n, content: 'one' });

// Values, promises and Observables of the result; decorated parameters behind the contract's.
@DubboService(CommentService, { version: '1.0.0', timeout: 1000, methods: { list: { retries: 0 } } })
export class CommentController {
  @DubboMethod({ timeout: 3000, executes: 50 })
  async list(productId: bigint, author: string | null, @Ctx() context: DubboContext): Promise<Comment[]> {
    return [Object.assign(new Comment(), { id: productId, content: `${author} ${context.remoteAddress}` })];
  }

  publish(published: Comment): void {
    published.content.trim();
  }

  // What the contract does not have is not exported.
  notExported(...all: string[]): number {
    return all.length;
  }
}

@DubboService(CommentService)
export class ObservableController {
  list(productId: bigint, author: string | null): Observable<Comment[]> {
    return of([Object.assign(new Comment(), { id: productId, content: author })]);
  }

  async publish(published: Comment): Promise<void> {
    await Promise.resolve(published);
  }
}

// A wider parameter takes what the contract's does, and a narrower result is one of the contract's.
@DubboService(CommentService)
export class WiderController {
  list(productId: bigint | number, author: string | null | undefined): [Comment] {
    return [Object.assign(new Comment(), { id: BigInt(productId), content: author })];
  }

  publish(published: unknown): undefined {
    void published;
  }
}

@DubboService(CommentService)
export class ImplementingController implements CommentService {
  async list(productId: bigint, author: string | null, @Ctx() context?: DubboContext): Promise<Comment[]> {
    return context && productId > 0n && author ? [comment] : [];
  }

  async publish(published: Comment): Promise<void> {
    await Promise.resolve(published);
  }
}

abstract class Store {
  publish(published: Comment): void {
    published.content.trim();
  }
}

@DubboService(CommentService)
export class InheritingController extends Store {
  list(productId: bigint, author: string | null): Comment[] {
    return productId > 0n && author ? [comment] : [];
  }
}
