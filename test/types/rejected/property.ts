// Refused with: size: not a method
import { DubboInterface, java } from 'nestjs-dubbo';

// The next line fails.
@DubboInterface('com.acme.comment.CommentService', {
  size: { params: [], returns: java.int },
})
export abstract class CommentService {
  abstract size: number;
}
