import { Narrator } from './narrator.js';
import { openRegistry, type RegistryKind } from './registry.js';
import { scenes } from './scenes.js';
import { Stage } from './stage.js';

/**
 * Plays all scenes with processes of its own and says what happens. Resolves to the exit code: 0 if every scene went as told,
 * else 1. Interrupted, it ends what it started and leaves with 130.
 */
export async function play({ registry: kind }: { readonly registry: RegistryKind }): Promise<number> {
  const tell = new Narrator(process.stdout);
  const stage = new Stage();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tell.interrupted();
      void stage.close().finally(() => process.exit(130));
    });
  }
  tell.opening();
  let succeeded = 0;
  try {
    const registry = await openRegistry(kind);
    await stage.open(registry);
    tell.cast(registry.name, stage);
    for (const [index, scene] of scenes.entries()) {
      tell.scene(index + 1, scene.title);
      try {
        await scene.play(stage, tell);
        succeeded++;
      } catch (error) {
        tell.failed(error, stage.logs());
      }
    }
  } catch (error) {
    tell.failed(error, stage.logs());
  } finally {
    await stage.close();
  }
  tell.end(succeeded, scenes.length);
  return succeeded === scenes.length ? 0 : 1;
}
