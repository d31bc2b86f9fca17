// Refused with: 'CommentService' only refers to a type
import { DubboReference } from 'nestjs-dubbo';

export interface CommentService {
  ping(): Promise<string>;
}

export class ProductService {
  // The next line fails.
  @DubboReference(CommentService)
  readonly comments!: CommentService;
}
