// Refused with: count: result
import { DubboInterface, java } from 'nestjs-dubbo';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  count: { params: [], returns: java.int },
})
export abstract class CommentService {
  abstract count(): Promise<number | null>;
}
