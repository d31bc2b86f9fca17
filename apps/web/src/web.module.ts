import { Module } from '@nestjs/common';
import { DubboModule } from 'nestjs-dubbo';
import { PageController } from './page.controller.js';

@Module({
  imports: [
    DubboModule.forRoot({
      application: { name: 'web' },
      registry: process.env['DUBBO_REGISTRY'] ?? 'local',
    }),
  ],
  controllers: [PageController],
})
export class WebModule {}
