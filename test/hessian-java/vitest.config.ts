import { defineConfig, mergeConfig } from 'vitest/config';
import house from '../../vitest.config.js';

const { resolve, ssr } = mergeConfig({}, house);

export default defineConfig({
  resolve,
  ssr,
  test: {
    name: 'hessian-java',
    root: import.meta.dirname,
    include: ['**/*.java-spec.ts'],
    globalSetup: ['./build-setup.ts'],
    setupFiles: ['../support/worker-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
