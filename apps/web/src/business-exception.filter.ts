import { CommentRejected, ProductNotFound } from '@demo/contracts';
import { Catch, HttpStatus, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';

/** Says over HTTP what the services' business exceptions mean. */
@Catch(CommentRejected, ProductNotFound)
export class BusinessExceptionFilter implements ExceptionFilter<CommentRejected | ProductNotFound> {
  catch(exception: CommentRejected | ProductNotFound, host: ArgumentsHost): void {
    const { className, message, productId } = exception;
    const body = { exception: className, message, productId: productId.toString() };
    const response = host.switchToHttp().getResponse<Response>();
    if (exception instanceof CommentRejected) {
      response.status(HttpStatus.UNPROCESSABLE_ENTITY).json({ ...body, word: exception.word });
    } else {
      response.status(HttpStatus.NOT_FOUND).json(body);
    }
  }
}

/** What is needed of Express's response. */
interface Response {
  status(code: number): this;
  json(body: unknown): void;
}
