import { DubboInterface, JavaClass, JavaException, JavaField, java, type BigDecimal } from 'nestjs-dubbo';
import { Comment } from '../comment.js';

@JavaClass('com.acme.comment.CommentNotFound')
export class CommentNotFound extends JavaException {}

@DubboInterface('com.acme.comment.CommentService', {
  list: { params: [java.long], returns: java.list(Comment), throws: [CommentNotFound] },
  publish: { params: [Comment, java.boolean], returns: java.void },
  ping: { params: [], returns: java.string },
  findByName: { javaName: 'find', params: [java.string], returns: Comment },
  findById: { javaName: 'find', params: [java.long], returns: java.nullable(Comment) },
})
export abstract class CommentService {
  abstract list(productId: bigint): Promise<Comment[]>;
  abstract publish(comment: Comment, draft: boolean): Promise<void>;
  abstract ping(): Promise<string>;
  abstract findByName(name: string): Promise<Comment>;
  abstract findById(id: bigint): Promise<Comment | null>;
}

// A reference may be null in Java; the signature may say so or leave it out.
@DubboInterface('com.acme.comment.NullService', {
  note: { params: [java.string, Comment, java.Long, java.list(java.Long)], returns: java.list(Comment) },
})
export abstract class NullService {
  abstract note(
    text: string | null,
    comment: Comment | null,
    stars: bigint | null,
    ids: bigint[],
  ): Promise<Comment[] | null>;
}

@JavaClass('com.acme.Page')
export class Page<T> {
  @JavaField(java.list(java.variable(0))) items!: T[];
  @JavaField(() => Page) next!: Page<T> | null;
}

const paging = { count: { params: [], returns: java.int } } as const;

// Generics, a table made of parts, and a type under another Java name.
@DubboInterface('com.acme.PageService', {
  ...paging,
  page: { params: [java.int], returns: java.of(Page<Comment>, Comment) },
  all: { params: [java.as('java.util.Collection', java.list(Comment))], returns: java.lazy(() => Comment) },
})
export abstract class PageService {
  abstract count(): Promise<number>;
  abstract page(number: number): Promise<Page<Comment>>;
  abstract all(comments: Comment[]): Promise<Comment | null>;
}

@DubboInterface('com.acme.TypesService', {
  numbers: { params: [java.int, java.long.asNumber, java.long.asString, java.double], returns: java.long.asNumber },
  values: { params: [java.bytes, java.date, java.bigDecimal, java.any], returns: java.any },
  nested: {
    params: [java.map(java.string, java.list(Comment)), java.set(java.string), java.array(java.int)],
    returns: java.map(java.Long, Comment),
  },
  state: { params: [java.enum('com.acme.State', ['OPEN', 'DONE'])], returns: java.boolean },
})
export abstract class TypesService {
  abstract numbers(a: number, b: number, c: string, d: number): Promise<number>;
  abstract values(bytes: Uint8Array, at: Date, price: BigDecimal, anything: unknown): Promise<unknown>;
  abstract nested(
    byName: Map<string, Comment[]>,
    names: Set<string>,
    ranks: number[],
  ): Promise<Map<bigint, Comment> | null>;
  abstract state(state: 'OPEN' | 'DONE'): Promise<boolean>;
}
