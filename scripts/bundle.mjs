// What runs in production, to dist/bin/: src/ in a few files, with the packages that are most of the start when loaded
// file by file. Start and memory (every command of a step is forked from it) are measured by `npm run bench`.
import { chmod, readFile } from 'node:fs/promises';
import { build } from 'rolldown';

const INCLUDED = ['zod', 'yaml', 'bullmq', 'ioredis', 'handlebars'];

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
const others = Object.keys(dependencies).filter((name) => !INCLUDED.includes(name));

await build({
  input: 'src/main.ts',
  platform: 'node',
  external: (id) => others.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: 'dist/bin', format: 'esm', sourcemap: true, cleanDir: true },
});
// npm's link to it starts it as a program.
await chmod('dist/bin/main.js', 0o755);
