import { Module } from '@nestjs/common';
import { DubboModule } from 'nestjs-dubbo';
import { ProductController } from './product.controller.js';
import { ProductRepository } from './product.repository.js';

@Module({
  imports: [
    DubboModule.forRoot({
      application: { name: 'product' },
      registry: process.env['DUBBO_REGISTRY'] ?? 'local',
      protocol: { port: 0 },
    }),
  ],
  controllers: [ProductController],
  providers: [ProductRepository],
})
export class ProductModule {}
