// Refused with: is not assignable to parameter of type 'ContractClass
import { DubboService } from 'nestjs-dubbo';

// The next line fails.
@DubboService('com.acme.comment.CommentService')
export class CommentController {}
