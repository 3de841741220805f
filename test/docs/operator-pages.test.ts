import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { EXIT, EXIT_CODE_HELP } from '../../lib/cli/exit-codes.js';
import { buildProgram } from '../../lib/cli/program.js';
import { runCli } from '../helpers/cli.js';
import { intakeKey, keyId, openStage, type Stage, secret } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { isKnown } from './commands/known.js';
import { blocksOf, readPages } from './pages.js';

const pageNamed = (path: string) => {
  const page = readPages().find((one) => one.path === path);
  if (page === undefined) throw new Error(`There is no page ${path}.`);
  return page;
};

describe('The exit codes', () => {
  it('are the same on the page, in the help and in the program', () => {
    const [, table = ''] = pageNamed('docs/operations.md').text.split('## Exit codes');
    const onPage = [...table.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, code, meaning]) => [Number(code), meaning]);
    const inHelp = [...EXIT_CODE_HELP.matchAll(/^ {2}(\d+) +(.*)$/gm)].map(([, code, meaning]) => [
      Number(code),
      meaning,
    ]);
    expect(onPage).toEqual(inHelp);
    expect(onPage.map(([code]) => code)).toEqual(Object.values(EXIT));
  });
});

describe('The examples in the help', () => {
  const examples = helpsOf(buildProgram()).flatMap((help) => help.match(/^ {2}lacework-trigger .*$/gm) ?? []);

  it.each([...new Set(examples)])('%s name a command and options that there are', (line) => {
    expect(isKnown(buildProgram(), line.trim().split(/ +/).slice(1))).toBe(true);
  });
});

describe('What docs/configure.md shows of a check', () => {
  let stage: Stage;
  let place: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeEach(async () => {
    stage = await openStage();
    place = await temporaryDirectory();
  });
  afterEach(async () => {
    await stage.close();
    await place.remove();
  });

  it('is what a check prints', async () => {
    stage.emulator.addGenerated({ count: 37, seed: 1, from: Date.now() - 23 * 3_600_000, to: Date.now() - 60_000 });
    await mkdir(join(place.path, 'data'));
    await writeFile(join(place.path, 'key.json'), JSON.stringify({ keyId, secret, account: stage.emulator.url }));
    const env = { INTAKE_KEY: intakeKey, INTAKE_SERVER: stage.intake.url };
    const { stdout } = await runCli(['check', '--key-file', 'key.json', '--data', './data'], { env, cwd: place.path });
    const shown = blocksOf(pageNamed('docs/configure.md')).find(({ text }) => text.startsWith('ok       settings'));
    // In a container the state of a test is on no volume, and that is said.
    const withoutState = (text: string) => text.split('\n').filter((line) => !/^\w+ +state /.test(line));
    const asOnPage = stdout
      .replaceAll(new URL(stage.emulator.url).host, 'acme.lacework.net')
      .replaceAll(stage.intake.url.replace('http://', ''), 'intake.sekoia.io');
    expect(withoutState(asOnPage)).toEqual(withoutState(shown?.text ?? ''));
  });
});

function helpsOf(command: Command): string[] {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  return [help, ...command.commands.flatMap(helpsOf)];
}
