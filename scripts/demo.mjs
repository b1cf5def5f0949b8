import { become, ensureBuild, ensureDependencies, ensureRedis, ensureTools } from './setup.mjs';

ensureTools();
ensureDependencies();
ensureRedis();
ensureBuild();
await become(process.execPath, ['dist/demo/main.js', ...process.argv.slice(2)], {}, { notices: true });
