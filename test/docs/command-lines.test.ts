import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { buildProgram } from '../../lib/cli/program.js';
import { operatorEnv, runCli } from '../helpers/cli.js';
import { readSamples } from '../helpers/samples.js';
import { intakeKey, keyId, openStage, type Stage, secret } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { commandBlocks, commandsIn, inlineCommands, PROGRAMS, programOf } from './commands/extract.js';
import { isKnown } from './commands/known.js';
import { NOT_RUN, RUN_INSTEAD } from './commands/not-run.js';
import { blocksOf, proseOf, readPages, root } from './pages.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(240_000);

/** Of what was, the changelog may speak in the words of then. */
const pages = readPages().filter(({ path }) => path !== 'CHANGELOG.md');
const BEGINNERS = ['docs/configure.md', 'docs/install.md'];
const DEMO = 'npm run demo -- --once';
/** Programs that are there, or that have a stand-in here. */
const RUN = ['lacework-trigger', 'node', 'npx', 'npm', 'docker', 'kubectl', 'export', 'mkdir', 'cd'];

let stage: Stage;
let place: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  stage = await openStage();
  stage.emulator.addGenerated({ count: 5, seed: 1, from: Date.now() - 3_600_000, to: Date.now() - 60_000 });
  place = await temporaryDirectory();
  const at = (name: string) => join(place.path, name);
  for (const name of ['test', 'Dockerfile', 'scripts']) await symlink(join(root, name), at(name));
  await cp(join(root, 'docs/examples'), at('docs/examples'), { recursive: true });
  await cp(join(root, 'docs/examples/config.json'), at('config.json'));
  await cp(join(root, 'package-lock.json'), at('package-lock.json'));
  const key = JSON.stringify({ keyId, secret, subAccount: '', account: stage.emulator.url });
  for (const name of ['key.json', 'docs/examples/key.json']) await writeFile(at(name), key);
  const messages = readSamples().map(({ message }) => message);
  await writeFile(at('alert.json'), messages[0] ?? '');
  await writeFile(at('alerts.ndjson'), `${messages.join('\n')}\n`);
  await mkdir(at('bin'));
  const standIn = (name: string, script: string) =>
    writeFile(at(`bin/${name}`), `#!/bin/sh\nexec node ${join(root, 'test/docs/commands')}/${script} "$@"\n`, {
      mode: 0o755,
    });
  await standIn('lacework-trigger', 'run-program.mjs');
  await standIn('npm', 'npm.mjs');
  await standIn('docker', 'container.mjs docker');
  await standIn('kubectl', 'container.mjs kubectl');
  await writeFile(at('bin/npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
});
afterEach(async () => {
  await stage.close();
  await place.remove();
});

/** Runs a block as a person would paste it, with the stage in the place of the addresses and keys that a page shows. */
async function run(block: string): Promise<{ code: number | null; output: string }> {
  const text = block
    .replaceAll('https://intake.sekoia.io', stage.intake.url)
    .replaceAll('the-key-of-your-intake', intakeKey)
    .replaceAll('INTAKE_KEY=…', `INTAKE_KEY=${intakeKey}`);
  const child = spawn('sh', ['-e', '-c', text], {
    cwd: place.path,
    env: {
      ...operatorEnv(stage),
      PLACE: place.path,
      SYMPHONY_DATA_DIR: join(place.path, 'data'),
      LIVENESS_PORT: '0',
      METRICS_PORT: '0',
      HOME: place.path,
      PATH: `${join(place.path, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

/** Runs each, and expects each to end well. */
async function runAll(blocks: readonly string[]): Promise<void> {
  for (const block of blocks) {
    const { code, output } = await run(block);
    expect({ block, code, output: code === 0 ? '' : output }).toEqual({ block, code: 0, output: '' });
  }
}

const isRun = (command: string) => !(command in NOT_RUN);

describe('The blocks of command lines of', () => {
  const withBlocks = pages
    .map((page) => [page.path, commandBlocks(page).filter((block) => commandsIn(block).every(isRun))] as const)
    // The SDK's page starts a module of the reader's own; its example has a test of its own.
    .filter(([path, blocks]) => blocks.length > 0 && !path.startsWith('lib/'));

  it.each(withBlocks)('%s work as they stand', async (path, blocks) => {
    // Who configures or installs begins with nothing; the other pages are for those who have a trigger.
    if (!BEGINNERS.includes(path)) await mkdir(join(place.path, 'data'));
    await runAll(blocks);
  });
});

describe('The command lines in the text of', () => {
  const withCommands = pages
    .map((page) => [page.path, page, inlineCommands(page).filter(isRun)] as const)
    .filter(([, , lines]) => lines.length > 0);

  it.each(withCommands)('%s work as they stand', async (path, page, lines) => {
    await mkdir(join(place.path, 'data'));
    // The page on containers has built and started one by then.
    if (path === 'docs/install.md') await runAll(commandBlocks(page).slice(0, 2));
    await runAll(lines.map((line) => RUN_INSTEAD[line] ?? line));
  });

  it('that speak of one of our commands name a command and options that there are', () => {
    const program = buildProgram();
    const names = program.commands.map((command) => command.name());
    const spans = pages.flatMap((page) => [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? ''));
    const spoken = [...new Set(spans)].filter((span) => span.includes(' ') && names.includes(span.split(' ')[0] ?? ''));
    expect(spoken).toContain('dead-letters show ID');
    expect(spoken.filter((span) => !isKnown(program, span.split(' ')))).toEqual([]);
  });
});

describe('Of all command lines', () => {
  const all = [
    ...new Set(pages.flatMap((page) => [...commandBlocks(page), ...inlineCommands(page)]).flatMap(commandsIn)),
  ];

  it('each is run here, or is on the list of those that are not', () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((command) => isRun(command) && !RUN.includes(programOf(command)))).toEqual([]);
    expect(Object.keys({ ...NOT_RUN, ...RUN_INSTEAD }).filter((command) => !all.includes(command))).toEqual([]);
  });

  it('no block hides in another form', () => {
    const forms = pages.flatMap((page) => blocksOf(page).map(({ info }) => info));
    expect([...new Set(forms)].sort()).toEqual(['', 'console', 'js', 'json', 'sh', 'text', 'ts', 'yaml']);
    const others = pages.flatMap((page) => blocksOf(page).filter(({ info }) => !['sh', 'console'].includes(info)));
    expect(others.flatMap(({ text }) => text.split('\n')).filter((line) => PROGRAMS.test(line.trim()))).toEqual([]);
  });

  it(`${DEMO} shows a complete poll`, async () => {
    expect(all).toContain(DEMO);
    // Its build has been made, and a second one would take the programs away from other tests.
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const [announce, build, start] = String(scripts.demo).split(' && ');
    expect(build).toBe('npm run -s build');
    const { stdout } = await promisify(execFile)('sh', ['-c', `${announce} && ${start} --once`], { cwd: root });
    expect(stdout).toMatch(/^Building: .*\n/);
    expect(stdout).toContain('  Complete\n');
  });

  it('npx finds the program in this repository, also after a second build', async () => {
    const { stdout } = await promisify(execFile)('npx', ['--no-install', 'lacework-trigger', '--version'], {
      cwd: root,
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('variables that they set, or hand to a container, are ones that the program reads', async () => {
    const { stdout: help } = await runCli(['run', '--help']);
    const named = all
      .filter((command) => !isSdk(command))
      .flatMap((command) => [...command.matchAll(/(?:^|\s|export )([A-Z][A-Z_]+)=|-e ([A-Z_]+)|literal=([A-Z_]+)=/g)])
      .map(([, set, given, literal]) => set ?? given ?? literal ?? '');
    const examples = ['compose.yaml', 'kubernetes.yaml'].map((name) =>
      readFileSync(join(root, 'docs/examples', name), 'utf8'),
    );
    const inExamples = [...examples.join('\n').matchAll(/^ +([A-Z_]+): \$\{\1:|- name: ([A-Z_]+)$/gm)];
    const handed = inExamples.map(([, compose, kubernetes]) => compose ?? kubernetes ?? '');
    expect(handed).toEqual(['INTAKE_KEY', 'INTAKE_SERVER', 'INTAKE_KEY']);
    expect([...new Set([...named, ...handed])].sort()).toEqual(['INTAKE_KEY', 'INTAKE_SERVER']);
    expect(named.filter((name) => !help.includes(name))).toEqual([]);
  });
});

/** The SDK's page sets what a platform would. */
const isSdk = (command: string) => command.includes('URL_CALLBACK=') || command.includes('MODULE_CONFIGURATION=');
