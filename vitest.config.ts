import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    // Much of the time is spent waiting for git, Redis and Slack.
    maxWorkers: '100%',
    projects: [
      project('unit', 10_000),
      project('contract', 20_000),
      project('integration', 60_000),
      project('e2e', 90_000),
      project('browser', 120_000),
    ],
    coverage: {
      include: ['src/domain/**', 'src/engine/**'],
      reporter: [[resolve('scripts/coverage-by-folder.cjs'), {}]],
    },
    globalSetup: ['test/support/private-redis-setup.ts'],
  },
});
