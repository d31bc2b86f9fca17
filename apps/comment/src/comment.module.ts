import { Module } from '@nestjs/common';
import { DubboModule } from 'nestjs-dubbo';
import { CommentController } from './comment.controller.js';
import { CommentRepository } from './comment.repository.js';

@Module({
  imports: [
    DubboModule.forRoot({
      application: { name: 'comment' },
      registry: process.env['DUBBO_REGISTRY'] ?? 'local',
      // Two of these processes run on one machine, so each takes a free port.
      protocol: { port: 0 },
    }),
  ],
  controllers: [CommentController],
  providers: [CommentRepository],
})
export class CommentModule {}
