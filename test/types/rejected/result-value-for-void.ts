// Refused with: clear: result
import { DubboInterface, java } from 'nestjs-dubbo';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  clear: { params: [], returns: java.void },
})
export abstract class CommentService {
  abstract clear(): Promise<string>;
}
