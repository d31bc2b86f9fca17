import { type Comment, ProductService, type ProductPage } from '@demo/contracts';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { DubboReference } from 'nestjs-dubbo';
import { ParseLongPipe } from './parse-long.pipe.js';

@Controller('products/:id')
export class PageController {
  @DubboReference({ version: '1.0.0' })
  private readonly products!: ProductService;

  @Get()
  async page(@Param('id', ParseLongPipe) id: bigint): Promise<ProductPage> {
    return this.products.getPage(id);
  }

  @Post('comments')
  async comment(
    @Param('id', ParseLongPipe) productId: bigint,
    @Body('author') author: string,
    @Body('text') text: string,
  ): Promise<Comment> {
    return this.products.addComment(productId, author, text);
  }
}
