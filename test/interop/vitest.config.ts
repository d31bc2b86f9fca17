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
    globalSetup: ['../support/global-setup.ts'],
    setupFiles: ['../support/worker-setup.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    // The first run downloads four lines of Dubbo.
    hookTimeout: 420_000,
  },
});
