import { type Comment, CommentService, type ProductPage, ProductService } from '@demo/contracts';
import { DubboReference, DubboService } from 'nestjs-dubbo';
import { CommentServiceMock } from './comment-service.mock.js';
import { ProductRepository } from './product.repository.js';

@DubboService(ProductService, { version: '1.0.0', timeout: 3000 })
export class ProductController {
  /** Comments are not worth waiting for: after 800 ms the mock answers, and the page is there without them. */
  @DubboReference({ version: '1.0.0', timeout: 800, mock: new CommentServiceMock() })
  private readonly comments!: CommentService;

  constructor(private readonly products: ProductRepository) {}

  async getPage(productId: bigint): Promise<ProductPage> {
    const product = this.products.get(productId);
    const comments = await this.comments.getCommentsByProductId(productId);
    return { product, comments };
  }

  /** A CommentRejected of the comment service goes on to our caller, whose contract knows it too. */
  async addComment(productId: bigint, author: string, text: string): Promise<Comment> {
    this.products.get(productId);
    return this.comments.publish(productId, author, text);
  }
}
