// Sets up what the other scripts need, before anything is installed: plain Node, no dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

const REDIS = ['redis-server', 'valkey-server'];
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Debian starts the service of a package as soon as it is installed, unless policy-rc.d forbids it: Redis would take
 * its usual port, and stay. One that is there already comes back afterwards.
 */
const APT = `set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
restore() { rm -f "$policy"; if [ -e "$policy.walkback" ]; then mv "$policy.walkback" "$policy"; fi; }
trap restore EXIT
trap 'exit 130' INT TERM
if [ -e "$policy" ]; then mv "$policy" "$policy.walkback"; fi
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"
apt-get update -qq || echo "going on with the package lists that are there" >&2
apt-get install -qq -y --no-install-recommends "$1"
if [ "$1" = redis-server ] && [ -d /run/systemd/system ]; then systemctl disable --quiet redis-server; fi
`;

/** Package managers, in the order in which they are looked for, and how each installs without asking. */
const MANAGERS = [
  { name: 'apt-get', install: ['install'], script: APT },
  { name: 'dnf', install: ['install', '-y'] },
  { name: 'yum', install: ['install', '-y'] },
  { name: 'apk', install: ['add', '--no-cache'] },
  { name: 'pacman', install: ['-S', '--noconfirm'] },
  { name: 'zypper', install: ['--non-interactive', 'install'] },
  { name: 'brew', install: ['install'], asUser: true },
];

/** By manager, the names to try one after the other. */
const PACKAGES = {
  redis: {
    'apt-get': ['redis-server', 'valkey-server'],
    apk: ['redis', 'valkey'],
    brew: ['redis'],
    default: ['valkey', 'redis'],
  },
  chromium: { default: ['chromium'] },
};

/** Node and git are the two things that a machine must bring. */
export function ensureTools() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
  if (!find(['git']))
    stop('git is needed and was not found. Install it with your package manager, then try again.');
}

/** npm's packages, as the lock file says: installed when they are missing or were installed from another one. */
export function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const note = join(root, 'node_modules', '.installed-from');
  if (existsSync(note) && readFileSync(note, 'utf8') === lock) return;
  say('Installing npm dependencies');
  // It empties node_modules first, and the note with it, and leaves the lock file as it is.
  run('npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(note, lock);
}

/** TypeScript to dist/, of which only what changed is compiled again, and what runs in production to dist/bin/. */
export function ensureBuild() {
  say('Building');
  run('npm', ['run', '--silent', 'build']);
}

/** redis-server or valkey-server on this machine, installed if there is neither. Nothing is started. */
export function ensureRedis() {
  ensureProgram(REDIS, PACKAGES.redis, 'Redis');
}

/** A Chromium for the browser test. */
export function ensureChromium() {
  return ensureProgram(CHROMIUM, PACKAGES.chromium, 'Chromium');
}

/**
 * Runs a program in the project's folder and ends this process with its exit code; signals reach it too. `notices`: it
 * is a Node program that hears ("disconnect") when this process is gone, or npm that started it.
 */
export async function become(command, args, environment = {}, { notices = false } = {}) {
  const { spawn } = await import('node:child_process');
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', ...(notices ? ['ipc'] : [])],
    env: { ...process.env, ...environment },
  });
  if (notices) disconnectWithParent(child);
  // The terminal sends Ctrl-C to the child as well; this process only waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** npm gives no other sign of its death than that we have another parent. */
function disconnectWithParent(child) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    child.disconnect();
  }, 500);
}

/** What was typed behind `--`; one that isn't known is refused in a sentence. Shape of `options`: node:util's parseArgs. */
export function readOptions(options, usage) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', default: false } } });
    if (!values.help) return values;
    process.stdout.write(`${usage}\n`);
    return process.exit(0);
  } catch (error) {
    const typed = /'([^']*)'/.exec(error.message)?.[1];
    return stop(`${typed} can't be read here. Usage: ${usage}`);
  }
}

function ensureProgram(names, packages, title) {
  const found = find(names);
  if (found) return found;
  const manager = MANAGERS.find(({ name }) => find([name]));
  if (!manager)
    stop(`${title} is needed and was not found (${names.join(' or ')}). Install it, then try again.`);
  const wanted = packages[manager.name] ?? packages.default;
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot || manager.asUser ? [] : ['sudo', '-n'];
  const byHand = `${prefix.length > 0 ? 'sudo ' : ''}${manager.name} ${manager.install.join(' ')} ${wanted[0]}`;
  if (prefix.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    stop(`${title} is needed, and installing it needs root. Type this, then try again:\n\n    ${byHand}\n`);
  }
  for (const name of wanted) {
    say(
      `${title} was not found; installing it with the system's package manager: ${manager.name} package ${name}`,
    );
    const command = manager.script
      ? ['sh', '-c', manager.script, 'install', name]
      : [manager.name, ...manager.install, name];
    const [program, ...args] = [...prefix, ...command];
    spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const installed = find(names);
    if (installed) return installed;
  }
  return stop(`Installing ${title} failed. Try it by hand:\n\n    ${byHand}\n`);
}

function find(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of names) {
    const folder = folders.find((candidate) => existsSync(join(candidate, name)));
    if (folder) return join(folder, name);
  }
  return undefined;
}

export function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0)
    stop(`${command} ${args.join(' ')} failed (exit code ${status}); what it said stands above.`);
}

const say = (text) => process.stderr.write(`» ${text}\n`);

function stop(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}
