import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DubboJsonInterceptor } from 'nestjs-dubbo';
import { BusinessExceptionFilter } from './business-exception.filter.js';
import { WebModule } from './web.module.js';

const app = await NestFactory.create(WebModule);
app.enableShutdownHooks();
// bigint and BigDecimal become JSON strings, exact whatever their size.
app.useGlobalInterceptors(new DubboJsonInterceptor());
app.useGlobalFilters(new BusinessExceptionFilter());
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
new Logger('Web').log(`Listening on ${await app.getUrl()}`);
