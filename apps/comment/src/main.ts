import { NestFactory } from '@nestjs/core';
import { dubbo } from 'nestjs-dubbo';
import { CommentModule } from './comment.module.js';

const app = await NestFactory.createMicroservice(CommentModule, dubbo());
app.enableShutdownHooks();
await app.listen();
