import { NestFactory } from '@nestjs/core';
import { dubbo } from 'nestjs-dubbo';
import { ProductModule } from './product.module.js';

const app = await NestFactory.createMicroservice(ProductModule, dubbo());
app.enableShutdownHooks();
await app.listen();
