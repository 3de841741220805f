// Adds to package-lock.json an entry for every optional platform package that the registry in use did not serve,
// so that `npm ci` (npm >= 11) accepts the lock here and everywhere. Run after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const OS = ['darwin', 'linux', 'win32', 'freebsd', 'netbsd', 'openbsd', 'sunos', 'android', 'openharmony', 'aix'];
const CPU = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  arm: 'arm',
  'arm-gnueabihf': 'arm',
  wasm32: 'wasm32',
};
let added = 0;
for (const [at, pkg] of Object.entries({ ...lock.packages })) {
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    // walk up as node resolution does
    let dir = at;
    let found = false;
    for (;;) {
      if (lock.packages[`${dir === '' ? '' : `${dir}/`}node_modules/${name}`]) {
        found = true;
        break;
      }
      if (dir === '') break;
      const i = dir.lastIndexOf('node_modules/');
      dir = i <= 0 ? '' : dir.slice(0, i - 1);
    }
    if (found) continue;
    if (!/^\d+\.\d+\.\d+/.test(range)) {
      console.error(`cannot stub ${name}@${range} (range)`);
      continue;
    }
    const parts = name.split(/[/-]/);
    const os = parts.find((p) => OS.includes(p));
    const cpu = parts.map((p) => CPU[p]).find(Boolean);
    lock.packages[`node_modules/${name}`] = {
      version: range,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(pkg.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);
