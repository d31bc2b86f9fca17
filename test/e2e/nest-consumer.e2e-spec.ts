import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  ClientDubbo,
  DubboReference,
  DubboService,
  dubbo,
  echo,
  overrideReference,
  referenceToken,
  withCall,
  withResult,
  type GenericService,
} from 'nestjs-dubbo';
import { EmptyError, firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { NestApps } from './nest-apps.js';
import { Comment, CommentNotFound, CommentService } from './nest-comments.js';

class Comments implements CommentService {
  readonly published: string[] = [];
  async ping() {
    return 'pong';
  }
  async find(id: bigint) {
    if (id < 0n) throw Object.assign(new CommentNotFound('none'), { productId: id });
    return Comment.of(id, 'found');
  }
  async add(a: number, b: number) {
    return a + b;
  }
  async five(...[a, b, c, d, e]: Parameters<CommentService['five']>) {
    return [a, b, c, d, e];
  }
  async publish(comment: Comment) {
    this.published.push(comment.content);
  }
}

@DubboService(CommentService, { version: '1.0.0' })
class FirstController extends Comments {
  override async ping() {
    return 'first';
  }
}

@DubboService(CommentService, { version: '2.0.0' })
class SecondController extends Comments {
  override async ping() {
    return 'second';
  }
}

@Injectable()
class ByProperty implements OnModuleInit {
  @DubboReference({ version: '1.0.0' })
  readonly first!: CommentService;
  @DubboReference(CommentService, { version: '2.0.0' })
  readonly second!: CommentService;
  @DubboReference('com.acme.comment.CommentService', { version: '1.0.0' })
  readonly generic!: GenericService;
  pinged: string | undefined;

  async onModuleInit() {
    this.pinged = await this.first.ping();
  }
}

@Injectable()
class ByConstructor {
  constructor(
    @DubboReference({ version: '1.0.0' }) readonly first: CommentService,
    @DubboReference(CommentService, { version: '1.0.0' }) readonly same: CommentService,
    @DubboReference(CommentService, { version: '1.0.0', timeout: 500 }) readonly other: CommentService,
  ) {}
}

describe('references in Nest', () => {
  const apps = new NestApps();
  let byProperty: ByProperty;
  let byConstructor: ByConstructor;
  let client: ClientDubbo;
  let controller: FirstController;

  beforeAll(async () => {
    const provider = await apps.microservice({ controllers: [FirstController, SecondController] });
    controller = provider.get(FirstController);
    const consumer = await apps.microservice({ providers: [ByProperty, ByConstructor] });
    byProperty = consumer.get(ByProperty);
    byConstructor = consumer.get(ByConstructor);
    client = consumer.get(ClientDubbo, { strict: false });
  });
  afterAll(() => apps.close());

  it('are injected into properties and constructor parameters, by type, by contract, by name', async () => {
    expect(await byProperty.first.ping()).toBe('first');
    expect(await byProperty.second.ping()).toBe('second');
    expect(await byConstructor.first.ping()).toBe('first');
    expect(await byProperty.generic.$invoke('add', ['int', 'int'], [1, 2])).toBe(3);
    expect(await byProperty.generic.$invoke('find', ['long'], [7n])).toMatchObject({ content: 'found' });
  });

  it('can be called in onModuleInit', () => {
    expect(byProperty.pinged).toBe('first');
  });

  it('are one if target and options are equal, and several if not', () => {
    expect(byConstructor.first).toBe(byConstructor.same);
    expect(byConstructor.first).toBe(byProperty.first);
    expect(byConstructor.other).not.toBe(byConstructor.first);
  });

  it('answer toString, equals and hashCode themselves and have nothing that Nest or await would call', async () => {
    const stub = byProperty.first as CommentService & Record<string, unknown>;
    expect((stub as { toString(): string }).toString()).toContain('com.acme.comment.CommentService');
    expect((stub['equals'] as (o: unknown) => boolean)(stub)).toBe(true);
    expect((stub['hashCode'] as () => number)()).toBeTypeOf('number');
    for (const name of ['then', 'toJSON', 'onModuleInit', 'onModuleDestroy', 'onApplicationShutdown', 'unknown']) {
      expect(stub[name]).toBeUndefined();
    }
    expect(Reflect.ownKeys(stub)).toEqual([]);
    expect((stub as unknown as Record<symbol, unknown>)[Symbol.iterator]).toBeUndefined();
    expect(await Promise.resolve(stub)).toBe(stub);
    expect(JSON.stringify(stub)).toBe('{}');
  });

  it('echo, and take options for one call', async () => {
    expect(await echo(byProperty.first, 'ping')).toBe('ping');
    const abort = new AbortController();
    abort.abort();
    await expect(withCall(byProperty.first, { signal: abort.signal }).ping()).rejects.toThrow('canceled');
  });

  describe('ClientDubbo', () => {
    const to = (method: string) => ({ interface: 'com.acme.comment.CommentService', version: '1.0.0', method });

    it('sends by contract, with TypeScript or Java names', async () => {
      expect(await firstValueFrom(client.send(to('find'), [7n]))).toEqual(Comment.of(7n, 'found'));
      expect(await lastValueFrom(client.send(to('add'), [1, 2]).pipe(toArray()))).toEqual([3]);
    });

    it('sends generically with the types in the pattern', async () => {
      const pattern = { ...to('add'), types: ['int', 'int'] };
      expect(await firstValueFrom(client.send(pattern, [3, 4]))).toBe(7);
    });

    it('is cold: nothing is sent before somebody subscribes', async () => {
      const before = controller.published.length;
      client.send(to('publish'), [Comment.of(1n, 'never')]);
      expect(await firstValueFrom(client.send(to('ping'), []))).toBe('first');
      expect(controller.published).toHaveLength(before);
    });

    it('emits one-way', async () => {
      await lastValueFrom(client.emit(to('publish'), [Comment.of(1n, 'emitted')])).catch((error: unknown) => {
        // An emission without a value is what Nest's other transports give too.
        if (!(error instanceof EmptyError)) throw error;
      });
      await vi.waitFor(() => expect(controller.published).toContain('emitted'), 5_000);
    });

    it("fails with the callee's exception, and with what is wrong of a pattern", async () => {
      const failing = (pattern: unknown, args: unknown) => firstValueFrom(client.send(pattern as never, args));
      await expect(failing(to('find'), [-1n])).rejects.toMatchObject({ productId: -1n });
      await expect(failing(to('fnd'), [])).rejects.toThrow('fnd is no method; did you mean "find"?');
      await expect(failing({ interface: 'com.acme.Unknown', method: 'x' }, [])).rejects.toThrow(
        'No contract is declared for com.acme.Unknown',
      );
      await expect(failing('ping', [])).rejects.toThrow('{ interface, method, group?, version?, types? }');
      await expect(failing(to('find'), 7n)).rejects.toThrow('must be an array');
    });
  });
});

describe('replacing references in tests', () => {
  const built: { close(): Promise<void> }[] = [];
  const apps = new NestApps();
  afterEach(async () => {
    for (const module of built.splice(0)) await module.close();
    await apps.close();
  });

  async function build(replace: (builder: ReturnType<typeof Test.createTestingModule>) => unknown) {
    const builder = Test.createTestingModule({
      imports: [await apps.module({ providers: [ByConstructor], exports: [ByConstructor] })],
    });
    replace(builder);
    const module = await builder.compile();
    built.push(module);
    return module.get(ByConstructor, { strict: false });
  }

  it('overrideReference replaces all references to a contract', async () => {
    const fake = { ping: () => Promise.resolve('fake') };
    const { first, other } = await build((builder) => overrideReference(builder, CommentService, fake));
    expect([await first.ping(), await other.ping()]).toEqual(['fake', 'fake']);
    expect(await withCall(first, { timeout: 5 }).ping()).toBe('fake');
    expect(await withResult(first).ping()).toEqual({ value: 'fake', attachments: {} });
    expect(await echo(first, 'back')).toBe('back');
  });

  it('or the one with the given options', async () => {
    const fake = { ping: () => Promise.resolve('fake') };
    const options = { timeout: 500, version: '1.0.0' };
    const { first, other } = await build((builder) => overrideReference(builder, CommentService, fake, options));
    expect(other).toBe(fake);
    expect(first).not.toBe(fake);
  });

  it('a testing module serves as a microservice too', async () => {
    const imports = [await apps.module({ controllers: [FirstController] })];
    const app = (await Test.createTestingModule({ imports }).compile()).createNestMicroservice({
      ...dubbo(),
      logger: false,
    });
    built.push(app);
    await app.listen();
    const consumer = await apps.microservice({ providers: [ByConstructor] });
    await vi.waitFor(async () => expect(await consumer.get(ByConstructor).first.ping()).toBe('first'), 10_000);
  });

  it("referenceToken is for Nest's own overrideProvider", async () => {
    const fake = {};
    const { first } = await build((builder) =>
      builder.overrideProvider(referenceToken(CommentService, { version: '1.0.0' })).useValue(fake),
    );
    expect(first).toBe(fake);
  });

  it('referenceToken is for factories too, without any decorator', async () => {
    const token = referenceToken(CommentService, { version: 'of a factory' });
    const parts = {
      providers: [{ provide: 'MINE', inject: [token], useFactory: (stub: CommentService) => ({ stub }) }],
    };
    const app = await apps.microservice(parts);
    expect(app.get<{ stub: CommentService }>('MINE').stub).toHaveProperty('ping');
  });

  it('refuses to replace what no reference was declared for', () => {
    const builder = Test.createTestingModule({});
    expect(() => overrideReference(builder, CommentService, {}, { version: '9' })).toThrow(
      'No @DubboReference to CommentService with these options is declared',
    );
    expect(() => overrideReference(builder, 'com.acme.Nobody', {})).toThrow('declared are: none');
  });
});
