import { defineConfig, mergeConfig } from 'vitest/config';
import house from '../../vitest.config.js';

const { resolve, ssr } = mergeConfig({}, house);

export default defineConfig({
  resolve,
  ssr,
  test: {
    name: 'chaos',
    root: import.meta.dirname,
    include: ['**/*.chaos-spec.ts'],
    globalSetup: ['../support/global-setup.ts'],
    setupFiles: ['../support/worker-setup.ts'],
    fileParallelism: false,
    // The full form restarts a Java provider 60 times.
    testTimeout: 2_400_000,
    hookTimeout: 300_000,
  },
});
