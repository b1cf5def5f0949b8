import { become, ensureDependencies, ensureRedis, ensureTools, readOptions } from './setup.mjs';

readOptions({}, 'npm run messages');
ensureTools();
ensureDependencies();
ensureRedis();
// The test that holds docs/messages.md to be true also writes it.
const test = 'test/integration/docs/messages.test.ts';
await become(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...['--project', 'integration', test, '--update'],
]);
