import { become, ensureBuild, ensureDependencies, ensureRedis, ensureTools } from './setup.mjs';

const PROJECTS = ['unit', 'contract', 'integration', 'e2e'];

ensureTools();
ensureDependencies();
ensureRedis();
// Some tests start the real program as processes of their own.
ensureBuild();
const projects = PROJECTS.flatMap((name) => ['--project', name]);
await become(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...projects,
  ...process.argv.slice(2),
]);
