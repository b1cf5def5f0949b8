/** The files of one commit, by path. */
export type Files = Readonly<Record<string, string>>;

/** The shop's server, the same in every release: what changes is prices.mjs and the catalogue. */
const SERVER = `import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { priceOf } from './prices.mjs';

const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const { version } = read('./package.json');
/** What this process was started from, whatever the checkout becomes later. */
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
const catalogue = read('./catalogue.json');
const port = Number(process.env.SHOP_PORT ?? 8080);

/** Customers come in turn: every fourth one is new here. */
const customers = ['gold', 'silver', 'bronze', 'new'];
let visits = 0;
const nextCustomer = () => ({ tier: customers[visits++ % customers.length] });

const routes = {
  '/': home,
  '/checkout': checkout,
  '/health': health,
  '/version': async () => ({ status: 200, body: { version, commit } }),
};

createServer(async (request, response) => {
  const path = new URL(request.url, 'http://shop').pathname;
  const route = routes[path] ?? (async () => ({ status: 404, body: { error: 'no such page' } }));
  const { status, body, html } = await route().catch((error) => {
    console.error(new Date().toISOString(), path, error.stack);
    return { status: 500, body: { error: 'something went wrong' } };
  });
  response.writeHead(status, { 'content-type': html ? 'text/html; charset=utf-8' : 'application/json' });
  response.end(html ?? JSON.stringify(body));
}).listen(port, '127.0.0.1', () => console.log('shop', version, 'listens on', port));

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

async function checkout() {
  const customer = nextCustomer();
  const prices = await Promise.all(catalogue.map((item) => priceOf(item, customer)));
  return { status: 200, body: { items: catalogue.length, total: prices.reduce((sum, price) => sum + price, 0) } };
}

/** Buys something as each kind of customer, and tells how that went. */
async function health() {
  const started = performance.now();
  const results = await Promise.allSettled(customers.map(() => checkout()));
  const slowest = Math.round(performance.now() - started);
  const failed = results.filter((result) => result.status === 'rejected').length;
  const ok = failed === 0 && slowest < 300;
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'failing', version, commit, failed, of: results.length, slowest } };
}

async function home() {
  const customer = nextCustomer();
  const rows = await Promise.all(
    catalogue.map(async (item) => \`<li>\${item.name}: \${((await priceOf(item, customer)) / 100).toFixed(2)}</li>\`),
  );
  return {
    status: 200,
    html: \`<!doctype html><title>Shop</title><h1>Shop \${version}</h1><ul>\${rows.join('')}</ul><p><a href="/checkout">Check out</a>, <a href="/health">health</a></p>\`,
  };
}
`;

const DEPLOY = `#!/bin/sh
# Puts this checkout on what the branch "main" points at, and restarts the shop from it.
set -eu
cd "$(dirname "$0")"
echo "fetching"
git fetch --quiet --tags origin main
git reset --hard --quiet FETCH_HEAD
echo "deploying $(git log -1 --format='%h %s')"
node restart.mjs
`;

const RESTART = `import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Restarts the shop as a process of its own; "stop" only stops it. Its state is its pid and its log.
const state = process.env.SHOP_STATE;
const port = process.env.SHOP_PORT;
if (!state || !port) throw new Error('SHOP_STATE and SHOP_PORT must be set');
const server = join(import.meta.dirname, 'server.mjs');
const pidFile = join(state, 'shop.pid');
const url = \`http://127.0.0.1:\${port}/version\`;

await stop();
if (process.argv[2] !== 'stop') await start();

async function stop() {
  const pid = Number(read(pidFile));
  if (!(pid > 0) || !isShop(pid)) return rmSync(pidFile, { force: true });
  console.log('stopping process', pid);
  process.kill(pid, 'SIGTERM');
  for (let tries = 0; isShop(pid); tries++) {
    if (tries === 60) process.kill(pid, 'SIGKILL');
    await pause(50);
  }
  rmSync(pidFile, { force: true });
}

async function start() {
  const log = openSync(join(state, 'shop.log'), 'a');
  const shop = spawn(process.execPath, [server], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  await once(shop, 'spawn');
  writeFileSync(pidFile, String(shop.pid));
  shop.on('exit', (code) => {
    console.error('the shop ended with exit code', code, 'see', join(state, 'shop.log'));
    process.exit(1);
  });
  const version = await answers(Date.now() + 10_000);
  console.log('version', version, 'runs as process', shop.pid);
  process.exit(0);
}

async function answers(deadline) {
  for (;;) {
    const answer = await fetch(url).then((response) => response.json(), () => undefined);
    if (answer) return answer.version;
    if (Date.now() > deadline) throw new Error('the shop does not answer at ' + url);
    await pause(50);
  }
}

/** A number in an old file may be somebody else's process by now. */
function isShop(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = read(\`/proc/\${pid}/cmdline\`);
  return command === undefined ? process.platform !== 'linux' : command.includes(server);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
`;

const README = `# Shop

Sells mugs. \`./deploy.sh\` deploys what "main" points at; \`/health\` tells how it is.
`;

export const firstFiles: Files = {
  'README.md': README,
  'server.mjs': SERVER,
  'deploy.sh': DEPLOY,
  'restart.mjs': RESTART,
};
