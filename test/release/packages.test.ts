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

  it(
    'holds every package that runs with the module',
    async () => {
      const tree = ['ls', '--omit=dev', '--all', '--json', '--long', '--silent'];
      const { output } = await runProgram('npm', tree, { cwd: REPOSITORY });
      const installed = new Set<string>();
      const visit = (dependencies: Record<string, { _id?: string; dependencies?: never }> = {}): void => {
        for (const { _id, dependencies: inner } of Object.values(dependencies)) {
          if (_id !== undefined) installed.add(_id);
          visit(inner);
        }
      };
      visit(JSON.parse(output).dependencies);
      const refs = bom.components.map((component) => component['bom-ref']);
      expect(installed.size).toBeGreaterThan(50);
      expect([...installed].filter((id) => !refs.includes(id))).toEqual([]);
    },
    ONE_MINUTE,
  );

  it("holds what is built into the console's page, and nothing that is needed for development alone", () => {
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

  it('cover every package that the bundler put into the page', async () => {
    const built = readFileSync(`${REPOSITORY}dist/lib/console/web/licences.md`, 'utf8');
    const bundled = [...built.matchAll(/^## (.+) - [\d.]+ \((.+)\)$/gm)].map(
      ([, name, licence]) => `| ${name} | ${licence} |`,
    );
    const page = readFileSync(`${REPOSITORY}docs/licences.md`, 'utf8');
    expect(bundled.length).toBeGreaterThan(5);
    expect(bundled.filter((row) => !page.includes(row))).toEqual([]);
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
        dependencies: versions(licences.runtime),
        devDependencies: versions(licences.development),
      });
      mkdirSync(join(home.path, 'lib/console/web'), { recursive: true });
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
