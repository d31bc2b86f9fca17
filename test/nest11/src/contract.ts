import { IsString, MinLength } from 'class-validator';
import { DubboInterface, JavaClass, JavaException, JavaField, java } from 'nestjs-dubbo';

@JavaClass('com.acme.note.Note')
export class Note {
  @JavaField(java.long) id!: bigint;
  @IsString()
  @MinLength(3)
  @JavaField(java.string)
  text!: string;
}

@JavaClass('com.acme.note.NoteNotFound', { checked: true })
export class NoteNotFound extends JavaException {
  @JavaField(java.long) noteId!: bigint;
}

@DubboInterface('com.acme.note.NoteService', {
  find: { params: [java.long], returns: Note, throws: [NoteNotFound] },
  save: { params: [Note], returns: java.long },
  whoCalls: { params: [java.string], returns: java.string },
})
export abstract class NoteService {
  abstract find(id: bigint): Promise<Note>;
  abstract save(note: Note): Promise<bigint>;
  abstract whoCalls(greeting: string): Promise<string>;
}
