// A CommonJS application on Nest 11: the main path of provider and consumer, over a real socket.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Module,
  UseGuards,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx } from '@nestjs/microservices';
import { dubbo, DubboContext, DubboModule, DubboReference, DubboService, local, withCall } from 'nestjs-dubbo';
import { Note, NoteNotFound, NoteService } from './contract.js';

const registry = local({ dir: mkdtempSync(join(tmpdir(), 'nest11-')) });
const notes = new Map<bigint, Note>();
let guarded = 0;

@Injectable()
class CountingGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    assert.equal(context.getType(), 'rpc');
    guarded++;
    return true;
  }
}

@UseGuards(CountingGuard)
@DubboService(NoteService, { version: '1.0.0' })
class NoteController {
  async find(id: bigint): Promise<Note> {
    const note = notes.get(id);
    if (!note) throw Object.assign(new NoteNotFound(`no note ${id}`), { noteId: id });
    return note;
  }

  @UsePipes(new ValidationPipe({ transform: true }))
  async save(note: Note): Promise<bigint> {
    assert(note instanceof Note);
    notes.set(note.id, note);
    return note.id;
  }

  async whoCalls(greeting: string, @Ctx() context: DubboContext): Promise<string> {
    return `${greeting} ${context.remoteApplication} ${String(context.attachments['trace'])}`;
  }
}

@Module({
  imports: [
    DubboModule.forRoot({
      application: { name: 'note-provider' },
      registry,
      protocol: { host: '127.0.0.1', port: 0 },
    }),
  ],
  controllers: [NoteController],
})
class ProviderModule {}

@Injectable()
class Reader {
  @DubboReference(NoteService, { version: '1.0.0', timeout: 5_000 })
  readonly notes!: NoteService;
}

@Module({
  imports: [DubboModule.forRoot({ application: { name: 'note-consumer' }, registry })],
  providers: [Reader],
})
class ConsumerModule {}

const checks: Record<string, (service: NoteService) => Promise<void>> = {
  async 'values of the contract travel both ways'(service) {
    const note = Object.assign(new Note(), { id: 2n ** 60n, text: 'héllo 💡' });
    assert.equal(await service.save(note), note.id);
    const found = await service.find(note.id);
    assert(found instanceof Note);
    assert.deepEqual({ ...found }, { ...note });
  },
  async 'a declared exception arrives as itself'(service) {
    await assert.rejects(service.find(1n), (error) => error instanceof NoteNotFound && error.noteId === 1n);
  },
  async 'a pipe refuses what is not valid'(service) {
    await assert.rejects(service.save(Object.assign(new Note(), { id: 1n, text: 'x' })), /text must be longer/);
  },
  async 'the context knows the caller'(service) {
    const traced = withCall(service, { attachments: { trace: 't1' } });
    assert.equal(await traced.whoCalls('hi'), 'hi note-consumer t1');
  },
  async 'guards see every call'() {
    assert(guarded >= 4);
  },
};

async function main(): Promise<void> {
  const provider = await NestFactory.createMicroservice(ProviderModule, dubbo());
  await provider.listen();
  const consumer = await NestFactory.createApplicationContext(ConsumerModule);
  const service = consumer.get(Reader).notes;
  const failed: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(service);
      console.log(`ok   ${name}`);
    } catch (error) {
      failed.push(name);
      console.log(`FAIL ${name}`, error);
    }
  }
  await consumer.close();
  await provider.close();
  const total = Object.keys(checks).length;
  console.log(`nest11: ${total - failed.length} passed, ${failed.length} failed`);
  const report = process.env['NEST11_REPORT'];
  const counts = { numPassedTests: total - failed.length, numFailedTests: failed.length };
  if (report) writeFileSync(report, JSON.stringify(counts));
  process.exitCode = failed.length === 0 ? 0 : 1;
}

void main();
