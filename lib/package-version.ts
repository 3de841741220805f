import { readFileSync } from 'node:fs';

/** The version in package.json, the one place where it is written. */
export function packageVersion(): string {
  // From dist/lib as from lib: the package's root holds both.
  for (const up of ['../', '../../']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8'));
      if (name === 'lacework-playbook-module') return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of lacework-playbook-module was not found beside its code: install the package again.');
}
