import { readFileSync } from 'node:fs';

/** Stands for npm and npx in a page's test: the packages are installed, the build is made, and a script need only be there. */
const { bin, scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const [, , ...words] = process.argv;
const [command, ...rest] = words.filter((word) => word !== '-s');
const isKnown =
  (command === 'ci' && rest.length === 0) ||
  (command === 'test' && 'test' in scripts) ||
  (command === 'run' && rest[0] in scripts);
if (!isKnown) {
  process.stderr.write(
    `npm ${words.join(' ')} is not known here. Scripts: ${Object.keys({ ...scripts, ...bin }).join(', ')}\n`,
  );
  process.exitCode = 1;
}
