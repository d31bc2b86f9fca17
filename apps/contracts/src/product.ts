import { BigDecimal, DubboInterface, JavaClass, JavaException, JavaField, java } from '@nestjs-dubbo/core';
import { Comment, CommentRejected } from './comment.js';

@JavaClass('com.acme.product.Product')
export class Product {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.string) name!: string;
  @JavaField(java.bigDecimal) price!: BigDecimal;
}

/** A product with what others say of it. */
@JavaClass('com.acme.product.ProductPage')
export class ProductPage {
  @JavaField(Product) product!: Product;
  @JavaField(java.list(Comment)) comments!: Comment[];
}

@JavaClass('com.acme.product.ProductNotFound')
export class ProductNotFound extends JavaException {
  @JavaField(java.long) readonly productId: bigint;

  constructor(productId: bigint) {
    super(`There is no product ${productId}`);
    this.productId = productId;
  }
}

@DubboInterface('com.acme.product.ProductService', {
  getPage: { params: [java.long], returns: ProductPage, throws: [ProductNotFound] },
  addComment: {
    params: [java.long, java.string, java.string],
    returns: Comment,
    throws: [ProductNotFound, CommentRejected],
  },
})
export abstract class ProductService {
  abstract getPage(productId: bigint): Promise<ProductPage>;
  abstract addComment(productId: bigint, author: string, text: string): Promise<Comment>;
}
