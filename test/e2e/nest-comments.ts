import { DubboInterface, JavaClass, JavaException, JavaField, java, type BigDecimal } from 'nestjs-dubbo';

@JavaClass('com.acme.comment.Comment')
export class Comment {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.string) content!: string;

  static of(id: bigint, content: string): Comment {
    return Object.assign(new Comment(), { id, content });
  }
}

@JavaClass('com.acme.comment.CommentNotFound', { checked: true })
export class CommentNotFound extends JavaException {
  @JavaField(java.long) productId!: bigint;
}

@DubboInterface('com.acme.comment.CommentService', {
  ping: { params: [], returns: java.string },
  find: { params: [java.long], returns: Comment, throws: [CommentNotFound] },
  add: { params: [java.int, java.int], returns: java.int },
  five: { params: [java.string, java.int, java.long, java.bigDecimal, java.bytes], returns: java.list(java.any) },
  publish: { params: [Comment], returns: java.void },
})
export abstract class CommentService {
  abstract ping(): Promise<string>;
  abstract find(id: bigint): Promise<Comment>;
  abstract add(a: number, b: number): Promise<number>;
  abstract five(a: string, b: number, c: bigint, d: BigDecimal, e: Uint8Array): Promise<unknown[]>;
  abstract publish(comment: Comment): Promise<void>;
}
