import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { packageVersion } from '../../lib/package-version.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { runProgram } from './run-program.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const ONE_MINUTE = 60_000;
const node = (script: string) => runProgram(process.execPath, [`scripts/${script}`], { cwd: REPOSITORY });

interface Component {
  readonly 'bom-ref': string;
  readonly purl: string;
  readonly hashes?: readonly unknown[];
  readonly licenses: readonly unknown[];
}

/** The packages whose licences the bundler has written beside what it made. */
function bundled(folder: string) {
  const built = readFileSync(`${REPOSITORY}dist/${folder}/licences.md`, 'utf8');
  return [...built.matchAll(/^## (.+) - ([\d.]+) \((.+)\)$/gm)].map(([, name = '', version = '', licence = '']) => ({
    name,
    version,
    licence,
  }));
}

describe('The bill of materials that `npm run sbom` prints', () => {
  let bom: {
    readonly bomFormat: string;
    readonly specVersion: string;
    readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
    readonly components: readonly Component[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  };
  beforeAll(async () => {
    bom = JSON.parse((await node('print-sbom.mjs')).output);
  }, ONE_MINUTE);

  it('is CycloneDX, and about this version of the module', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(bom.metadata.component).toMatchObject({
      type: 'application',
      name: 'lacework-playbook-module',
      version: packageVersion(),
      purl: `pkg:npm/lacework-playbook-module@${packageVersion()}`,
    });
  });

  it('holds every package that the bundler put into the programs and the page', () => {
    const refs = bom.components.map((component) => component['bom-ref']);
    expect(bundled('bin').length).toBeGreaterThan(50);
    expect(bundled('lib/console/web').length).toBeGreaterThan(5);
    const built = [...bundled('bin'), ...bundled('lib/console/web')].map(({ name, version }) => `${name}@${version}`);
    expect(built.filter((ref) => !refs.includes(ref))).toEqual([]);
  });

  it('holds nothing that is needed for development alone', () => {
    const names = bom.components.map((component) => component['bom-ref'].replace(/@[^@]*$/, ''));
    expect(names).toEqual(expect.arrayContaining(['react', 'react-dom', 'scheduler', '@rjsf/core']));
    for (const name of ['jest', 'typescript', 'vite', 's3rver']) expect(names).not.toContain(name);
  });

  it('tells of each package where it is from, its licence and its checksum', () => {
    for (const component of bom.components) {
      expect(component.purl).toMatch(/^pkg:npm\//);
      expect(component.licenses).not.toEqual([]);
      if (!component['bom-ref'].startsWith('@sekoia/')) expect(component.hashes).toHaveLength(1);
    }
  });

  it('has a graph in which no end is loose', () => {
    const refs = new Set([bom.metadata.component['bom-ref'], ...bom.components.map((one) => one['bom-ref'])]);
    const ends = bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(ends.filter((ref) => !refs.has(ref))).toEqual([]);
  });
});

describe('The licences that `npm run licences` lists', () => {
  it(
    'are all allowed, and docs/licences.md tells them',
    async () => {
      const { code, output, errors } = await node('check-licences.mjs');
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const page = readFileSync(`${REPOSITORY}docs/licences.md`, 'utf8');
      const rows = (role: string) =>
        output
          .split('\n')
          .map((line) => line.split('\t'))
          .filter(([, packageRole]) => packageRole === role)
          .map(([ref = '', , licence]) => `| ${ref.replace(/@[^@]*$/, '')} | ${licence} |`);
      const [, runtime = '', ofPage = ''] = page.split(/^## .*$/m).map((part) => part.trim());
      expect(runtime.split('\n').slice(2)).toEqual([...new Set(rows('runtime'))]);
      expect(ofPage.split('\n').slice(2)).toEqual([...new Set(rows('page'))]);
    },
    ONE_MINUTE,
  );

  it('cover every package that the bundler put into the programs and the page', () => {
    const [, runtime = '', ofPage = ''] = readFileSync(`${REPOSITORY}docs/licences.md`, 'utf8').split(/^## .*$/m);
    const missing = (folder: string, listed: string) =>
      bundled(folder).filter(({ name, licence }) => !listed.includes(`| ${name} | ${licence} |`));
    expect([missing('bin', runtime), missing('lib/console/web', runtime + ofPage)]).toEqual([[], []]);
  });

  it(
    'are refused where nobody has allowed them: more is allowed for development than for what is handed on',
    async () => {
      const home = await temporaryDirectory();
      const write = (path: string, content: unknown) => {
        mkdirSync(dirname(join(home.path, path)), { recursive: true });
        writeFileSync(join(home.path, path), JSON.stringify(content));
      };
      const licences = {
        runtime: {
          choice: '(GPL-3.0-only OR MIT)',
          copyleft: 'GPL-3.0-only',
          both: 'MIT AND ISC',
          weak: 'MPL-2.0',
          silent: undefined,
        },
        development: { builder: 'MPL-2.0', strict: 'AGPL-3.0-only' },
      };
      for (const [name, license] of Object.entries({ ...licences.runtime, ...licences.development })) {
        write(`node_modules/${name}/package.json`, { name, version: '1.0.0', license });
      }
      const versions = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, '1.0.0']));
      write('package.json', {
        name: 'app',
        version: '1.0.0',
        devDependencies: versions({ ...licences.runtime, ...licences.development }),
      });
      const builtIn = Object.entries(licences.runtime).map(([name, licence]) => `## ${name} - 1.0.0 (${licence})\n`);
      for (const [folder, lines] of [
        ['dist/bin', builtIn],
        ['dist/lib/console/web', []],
      ] as const) {
        mkdirSync(join(home.path, folder), { recursive: true });
        writeFileSync(join(home.path, folder, 'licences.md'), lines.join(''));
      }
      const ended = await runProgram(process.execPath, [join(REPOSITORY, 'scripts/check-licences.mjs')], {
        cwd: home.path,
      });
      await home.remove();
      expect(ended).toEqual({
        code: 1,
        output: [
          'both@1.0.0\truntime\tMIT AND ISC',
          'builder@1.0.0\tdevelopment\tMPL-2.0',
          'choice@1.0.0\truntime\t(GPL-3.0-only OR MIT)',
          'copyleft@1.0.0\truntime\tGPL-3.0-only',
          'silent@1.0.0\truntime\tnone',
          'strict@1.0.0\tdevelopment\tAGPL-3.0-only',
          'weak@1.0.0\truntime\tMPL-2.0',
          '',
        ].join('\n'),
        errors: [
          'The licence of both@1.0.0 is not allowed: MIT AND ISC.',
          'The licence of copyleft@1.0.0 is not allowed: GPL-3.0-only.',
          'The licence of silent@1.0.0 is not allowed: none.',
          'The licence of strict@1.0.0 is not allowed: AGPL-3.0-only.',
          'The licence of weak@1.0.0 is not allowed: MPL-2.0.',
          '',
        ].join('\n'),
      });
    },
    ONE_MINUTE,
  );
});

it('Of all packages in the lock file one brings a script of its own for the install, and docs/security.md says which', () => {
  const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
    readFileSync(`${REPOSITORY}package-lock.json`, 'utf8'),
  );
  const withScript = Object.keys(lock.packages).filter((path) => lock.packages[path]?.hasInstallScript);
  // jest's file watcher: it compiles when npm_config_build_from_source says so, and does nothing otherwise.
  expect(withScript).toEqual(['node_modules/@parcel/watcher']);
});
