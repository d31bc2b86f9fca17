import { afterEach, describe, expect, it } from 'vitest';
import { type JavaProvider, startJavaProvider } from './java-peer.js';
import { privateRegistry, startNodeConsumer } from './node-apps.js';

describe('Java providers without --add-opens', () => {
  let provider: JavaProvider | undefined;

  afterEach(async () => {
    await provider?.stop();
    provider = undefined;
  });

  it.each(['2.6', '2.7'] as const)('Dubbo %s does not start', async (line) => {
    await expect(startJavaProvider(line, undefined, { opens: false })).rejects.toThrow(
      /InaccessibleObjectException|Failed to compile class/,
    );
  });

  it('Dubbo 3.2 answers values, but no exceptions', async () => {
    provider = await startJavaProvider('3.2', undefined, { opens: false });
    const { references, stop } = await startNodeConsumer(await privateRegistry(), `dubbo://127.0.0.1:${provider.port}`);
    try {
      expect(await references.service.shout('hello')).toBe('hello!');
      const failure = await references.service.failInJava('no').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'network' });
      expect(String(failure)).toContain('InaccessibleObjectException');
    } finally {
      await stop();
    }
  });

  it('Dubbo 3.3 needs nothing', async () => {
    provider = await startJavaProvider('3.3', undefined, { opens: false });
    const { references, stop } = await startNodeConsumer(await privateRegistry(), `dubbo://127.0.0.1:${provider.port}`);
    try {
      await expect(references.service.failInJava('no')).rejects.toMatchObject({
        className: 'java.lang.IllegalStateException',
      });
    } finally {
      await stop();
    }
  });
});
