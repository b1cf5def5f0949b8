// npm run check:lock [-- FILE]: whether the lock file serves every system. npm may leave out of it the optional packages
// of other systems, and "npm ci" refuses it then; npm 10 leaves out which C library a package is for.
import { readFile } from 'node:fs/promises';

const [file = 'package-lock.json'] = process.argv.slice(2);
const { packages } = JSON.parse(await readFile(file, 'utf8'));
const places = Object.entries(packages);
const faults = [
  ...places.filter(([place]) => place !== '').flatMap(entryFaults),
  ...places.flatMap(optionalFaults),
];

for (const fault of faults) console.error(`${file}: ${fault}`);
if (faults.length > 0) {
  console.error('npm 11 completes it: npm install --package-lock-only');
  process.exit(1);
}
console.log(`${file}: ${places.length - 1} packages, complete for every system`);

function entryFaults([place, { integrity, resolved }]) {
  return [
    ...(integrity ? [] : [`${place} has no integrity: nothing tells whether the right package was fetched`]),
    ...(resolved ? [`${place} holds an address ("resolved"): each machine knows where it fetches from`] : []),
  ];
}

function optionalFaults([place, { optionalDependencies = {} }]) {
  const asker = place || 'package.json';
  return Object.entries(optionalDependencies).flatMap(([name, range]) => {
    const found = lookUp(place, name);
    if (!found) return [`${name}@${range} is missing, an optional package of ${asker}`];
    if (!fits(found.version, range))
      return [`${name} is there as ${found.version}, and ${asker} asks for ${range}`];
    return systemFaults(name, found);
  });
}

/** As Node looks a package up: in the asking package's own folder first, then in those around it. */
function lookUp(place, name) {
  const found = packages[place ? `${place}/node_modules/${name}` : `node_modules/${name}`];
  if (found || place === '') return found;
  return lookUp(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
}

/** Exact versions, `~` and `^`: optional packages ask for nothing else. */
function fits(version, range) {
  if (/^\d/.test(range)) return version === range;
  const wanted = range.slice(1).split('.');
  const fixed = range.startsWith('~') ? 2 : wanted.findIndex((part) => part !== '0') + 1;
  return version.startsWith(`${wanted.slice(0, fixed).join('.')}.`);
}

/** A package that is named for a system must say so, or npm installs it everywhere. */
function systemFaults(name, { os = [], cpu = [], libc = [] }) {
  const system = /-(android|darwin|freebsd|linux|openharmony|win32)-/.exec(name)?.[1];
  if (!system) return [];
  const library = system === 'linux' && { gnu: 'glibc', musl: 'musl' }[name.split('-').at(-1)];
  return [
    ...(os.includes(system) ? [] : [`${name} doesn't say that it is for ${system} ("os")`]),
    ...(cpu.length > 0 ? [] : [`${name} doesn't say for which processor it is ("cpu")`]),
    ...(!library || libc.includes(library) ? [] : [`${name} doesn't say that it needs ${library} ("libc")`]),
  ];
}
