import { defineConfig, mergeConfig } from 'vitest/config';
import house from '../../vitest.config.js';

const { resolve, ssr } = mergeConfig({}, house);

export default defineConfig({
  resolve,
  ssr,
  test: {
    name: 'interop',
    root: import.meta.dirname,
    include: ['**/*.interop-spec.ts'],
    globalSetup: ['../support/global-setup.ts', './java-setup.ts'],
    setupFiles: ['../support/worker-setup.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
