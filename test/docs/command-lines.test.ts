import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv } from '../helpers/cli.js';
import { readSamples } from '../helpers/samples.js';
import { intakeKey, keyId, openStage, type Stage, secret } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { blocksOf, readPages, root } from './pages.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(240_000);

const pages = readPages();
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** What can't run inside a test and has one of its own, or is the test run itself. */
const isNpm = (line: string) => /^npm (ci|test|run )/.test(line);

let stage: Stage;
let place: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  stage = await openStage();
  stage.emulator.addGenerated({ count: 5, seed: 1, from: Date.now() - 3_600_000, to: Date.now() - 60_000 });
  place = await temporaryDirectory();
  const at = (name: string) => join(place.path, name);
  await mkdir(at('bin'));
  await symlink(join(root, 'test'), at('test'));
  await copyFile(join(root, 'docs/examples/config.json'), at('config.json'));
  await writeFile(at('key.json'), JSON.stringify({ keyId, secret, subAccount: '', account: stage.emulator.url }));
  const messages = readSamples().map(({ message }) => message);
  await writeFile(at('alert.json'), messages[0] ?? '');
  await writeFile(at('alerts.ndjson'), `${messages.join('\n')}\n`);
  await writeFile(at('bin/lacework-trigger'), `#!/bin/sh\nexec node ${join(root, 'test/docs/run-program.mjs')} "$@"\n`);
  await chmod(at('bin/lacework-trigger'), 0o755);
});
afterEach(async () => {
  await stage.close();
  await place.remove();
});

/** Runs a block as a person would paste it, with the stage in the place of the addresses that a page shows. */
async function run(block: string): Promise<{ code: number | null; output: string }> {
  const text = block
    .replaceAll('https://intake.sekoia.io', stage.intake.url)
    .replaceAll('the-key-of-your-intake', intakeKey);
  const child = spawn('sh', ['-e', '-c', text], {
    cwd: place.path,
    env: {
      ...operatorEnv(stage),
      SYMPHONY_DATA_DIR: join(place.path, 'data'),
      LIVENESS_PORT: '0',
      METRICS_PORT: '0',
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

const shellBlocks = pages.map((page) => [page.path, blocksOf(page).filter(({ info }) => info === 'sh')] as const);

describe('The command lines of', () => {
  const withCommands = shellBlocks
    // The SDK's page starts a module of the reader's own; its example has a test of its own.
    .filter(([path]) => !path.startsWith('lib/'))
    .map(([path, blocks]) => [path, blocks.map(({ text }) => text).filter((text) => !isNpm(text))] as const)
    .filter(([, blocks]) => blocks.length > 0);

  it.each(withCommands)('%s work as they stand', async (path, blocks) => {
    // Who configures begins with nothing; the other pages are for those who have a trigger.
    if (path !== 'docs/configure.md') await mkdir(join(place.path, 'data'));
    for (const block of blocks) {
      const { code, output } = await run(block);
      expect({ block, code, output: code === 0 ? '' : output }).toEqual({ block, code: 0, output: '' });
    }
  });

  it('npm name scripts that are there', () => {
    const lines = pages.flatMap((page) =>
      blocksOf(page)
        .filter(({ info }) => info === 'sh' || info === 'console')
        .flatMap(({ text }) => text.split('\n')),
    );
    const inTables = pages.flatMap(({ text }) => [...text.matchAll(/`(npm [^`]+)`/g)].map(([, line]) => line ?? ''));
    const named = [...lines, ...inTables].flatMap((line) =>
      [...line.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(named).toContain('demo');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('other programs name files that are there', () => {
    const blocks = pages.flatMap((page) => blocksOf(page).filter(({ info }) => info === 'console'));
    const files = blocks.flatMap(({ text }) => [...text.matchAll(/\bdocs\/[\w./-]+/g)].map(([path]) => path));
    expect(files).toContain('docs/examples/kubernetes.yaml');
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const mounted = blocks.flatMap(({ text }) => [...text.matchAll(/-v \.\/(\S+?):/g)].map(([, path]) => path));
    expect([...new Set(mounted)]).toEqual(['config.json', 'key.json']);
  });
});
