import {
  become,
  ensureBuild,
  ensureChromium,
  ensureDependencies,
  ensureRedis,
  ensureTools,
} from './setup.mjs';

ensureTools();
ensureDependencies();
ensureRedis();
const chromium = ensureChromium();
ensureBuild();
await become(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'browser',
    '--maxWorkers=1',
    ...process.argv.slice(2),
  ],
  { CHROMIUM: chromium },
);
