// Refused with: all: result
import { DubboInterface, java } from 'nestjs-dubbo';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  all: { params: [], returns: java.list(java.string) },
})
export abstract class CommentService {
  abstract all(): Promise<(string | null)[]>;
}
