import { Injectable } from '@nestjs/common';
import { DubboReference, withCall, withResult, type GenericService } from 'nestjs-dubbo';
import { CommentService } from '../comment-service.js';
import type { CommentService as TypeOnly } from '../comment-service.js';

@Injectable()
export class ProductService {
  @DubboReference({
    version: '1.0.0',
    timeout: 800,
    methods: { publish: { timeout: 3000 } },
    mock: 'fail:return empty',
  })
  private readonly comments!: CommentService;

  @DubboReference(CommentService)
  private readonly others!: TypeOnly;

  @DubboReference('com.acme.comment.CommentService', { group: 'a' })
  private readonly generic!: GenericService;

  constructor(@DubboReference() private readonly injected: CommentService) {}

  async page(id: bigint): Promise<unknown> {
    const { value, attachments } = await withResult(this.comments).list(id, null);
    const urgent = await withCall(this.others, { timeout: 200, attachments: { traceId: '1' } }).list(id, 'me');
    const plain = await this.generic.$invoke('list', ['long', 'java.lang.String'], [id, 'me']);
    await this.injected.publish(value[0]!);
    return [value.length, urgent.length, attachments, plain];
  }
}
