import { DubboInterface, JavaClass, JavaException, JavaField, java } from '@nestjs-dubbo/core';

@JavaClass('com.acme.comment.Comment')
export class Comment {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.long) productId!: bigint;
  @JavaField(java.string) author!: string;
  @JavaField(java.string) text!: string;
  @JavaField(java.date) writtenAt!: Date;
  /** The process that answered, so that the demo can show it; 0 for none. */
  @JavaField(java.int) servedBy!: number;
}

/** A business exception: it arrives at every caller as what it is, with its fields. */
@JavaClass('com.acme.comment.CommentRejected')
export class CommentRejected extends JavaException {
  @JavaField(java.long) readonly productId: bigint;
  @JavaField(java.string) readonly word: string;

  constructor(productId: bigint, word: string) {
    super(`A comment must not contain "${word}"`);
    this.productId = productId;
    this.word = word;
  }
}

@DubboInterface('com.acme.comment.CommentService', {
  getCommentsByProductId: { params: [java.long], returns: java.list(Comment) },
  publish: { params: [java.long, java.string, java.string], returns: Comment, throws: [CommentRejected] },
})
export abstract class CommentService {
  abstract getCommentsByProductId(productId: bigint): Promise<Comment[]>;
  /** The stored comment. */
  abstract publish(productId: bigint, author: string, text: string): Promise<Comment>;
}
