// What runs in production, to dist/bin/: src/ in a few files, with the two packages that are most of the start when
// loaded whole. Start and memory (every command of a step is forked from it) are measured by `npm run bench`.
import { build } from 'rolldown';

const INCLUDED = /^(zod|yaml)(\/|$)/;

await build({
  input: 'src/main.ts',
  platform: 'node',
  external: (id) => /^[^./]/.test(id) && !INCLUDED.test(id),
  output: { dir: 'dist/bin', format: 'esm', sourcemap: true, cleanDir: true },
});
