import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageVersion } from '../../lib/package-version.js';
import { readSamples } from '../helpers/samples.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { missingImports } from './missing-imports.js';
import { mustRun, runProgram } from './run-program.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE = 'lacework-playbook-module';
const ENTRY = `node_modules/${PACKAGE}/dist/bin/main.js`;
const FIVE_MINUTES = 300_000;

describe('The package that `npm pack` makes', () => {
  let home: Awaited<ReturnType<typeof temporaryDirectory>>;
  let elsewhere: string;
  let installed: string;

  beforeAll(async () => {
    home = await temporaryDirectory();
    elsewhere = join(home.path, 'elsewhere');
    installed = join(elsewhere, 'node_modules', PACKAGE);
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'package.json'), '{"private":true,"type":"module"}');
    // The suite has built it already.
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', home.path];
    const file = (await mustRun('npm', pack, { cwd: REPOSITORY })).trim();
    // Nothing may be fetched: it brings along all that it needs.
    await mustRun('npm', ['install', '--offline', '--no-audit', '--no-fund', join(home.path, file)], {
      cwd: elsewhere,
    });
  }, FIVE_MINUTES);
  afterAll(() => home.remove());

  it('holds what runs, what the platform reads, and no more', () => {
    const own = readdirSync(installed, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    const kinds = [
      /^dist\/bin\/[\w.-]+\.js$/,
      /^dist\/(bin|lib\/console\/web)\/licences\.md$/,
      /^dist\/lib\/(alert-bytes|normalizer)\/[\w-]+\.(js|d\.ts)$/,
      /^dist\/lib\/console\/web\/(assets\/)?[\w.-]+$/,
      /^(package|manifest|trigger_fetch_new_logs|connector_fetch_new_logs)\.json$/,
      /^(README|CHANGELOG)\.md$/,
      /^LICENSE$/,
    ];
    expect(own.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
    for (const kind of kinds) expect(own.some((file) => kind.test(file))).toBe(true);
  });

  it('brings no other package along', () => {
    expect(readdirSync(join(elsewhere, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([PACKAGE]);
  });

  it('misses no file and no package that its entry points import', () => {
    const entries = ['dist/bin/main.js', 'dist/bin/lacework-trigger.js', 'dist/lib/normalizer/normalize-alert.js'];
    expect(missingImports(installed, entries)).toEqual([]);
  });

  it('runs as lacework-trigger', async () => {
    const ended = await runProgram(join(elsewhere, 'node_modules/.bin/lacework-trigger'), ['--version'], {
      cwd: elsewhere,
    });
    expect(ended).toEqual({ code: 0, output: `${packageVersion()}\n`, errors: '' });
  });

  it('starts as the platform starts it, and names the commands that it knows', async () => {
    const { code, errors } = await runProgram(process.execPath, [ENTRY, 'nope'], { cwd: elsewhere });
    expect(code).toBe(2);
    expect(errors).toContain('The command nope is unknown. Known commands: fetch_new_logs, ');
  });

  it('lets others normalize alerts', async () => {
    const [sample] = readSamples();
    writeFileSync(
      join(elsewhere, 'normalize.js'),
      `import { normalizeAlert } from '${PACKAGE}/normalizer';\nconsole.log(normalizeAlert(process.argv[2]).json);\n`,
    );
    const output = await mustRun(process.execPath, ['normalize.js', String(sample?.message)], { cwd: elsewhere });
    expect(JSON.parse(output)).toEqual(sample);
  });

  it(
    'tells TypeScript the types of the normalizer',
    async () => {
      writeFileSync(
        join(elsewhere, 'normalize.ts'),
        `import { normalizeAlert } from '${PACKAGE}/normalizer';\nexport const json: string = normalizeAlert('{}', { profile: '2025-08' }).json;\n` +
          `// @ts-expect-error There is no such profile.\nnormalizeAlert('{}', { profile: '2023' });\n`,
      );
      const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: [] };
      writeFileSync(join(elsewhere, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['normalize.ts'] }));
      const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
      expect(await runProgram(process.execPath, [compiler], { cwd: elsewhere })).toEqual({
        code: 0,
        output: '',
        errors: '',
      });
    },
    FIVE_MINUTES,
  );
});
