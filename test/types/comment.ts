import { JavaClass, JavaField, java } from 'nestjs-dubbo';

@JavaClass('com.acme.comment.Comment')
export class Comment {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.string) content!: string;
}
