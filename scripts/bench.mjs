// npm run bench [-- --json] [-- --only NAME]: what Walkback costs, as ratios measured in one run. Exits 0 once measured.
import { ensureBuild, ensureDependencies, ensureRedis, ensureTools, readOptions } from './setup.mjs';

const values = readOptions(
  { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  'npm run bench [-- --json] [-- --only NAME]',
);

ensureTools();
ensureDependencies();
ensureRedis();
ensureBuild();
const { measurements } = await import('./bench/measurements.mjs');
const { formatTable } = await import('./bench/parts/table.mjs');

const names = Object.keys(measurements);
if (values.only !== undefined && !names.includes(values.only)) {
  process.stderr.write(`There is no measurement ${values.only}; there are ${names.join(', ')}.\n`);
  process.exit(1);
}
const results = [];
for (const name of values.only === undefined ? names : [values.only]) {
  process.stderr.write(`measuring ${name}\n`);
  for (const result of await measurements[name]()) results.push({ name, ...result });
}
process.stdout.write(`${values.json ? JSON.stringify(results, null, 2) : formatTable(results)}\n`);
