import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Command } from 'commander';
import { parseTime } from '../../lib/cli/parse-time.js';
import { buildProgram } from '../../lib/cli/program.js';
import { operatorEnv, runCli } from '../helpers/cli.js';
import { intakeKey, keyId, openStage, type Stage, secret } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
let place: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  stage = await openStage();
  await mkdir(stage.dataDirectory);
  place = await temporaryDirectory();
});
afterEach(async () => {
  await stage.close();
  await place.remove();
});

async function file(name: string, content: unknown): Promise<string> {
  const path = join(place.path, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const fetched = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runCli(['fetch', '--from', '1h', '--dry-run', '--json', ...args], { env });

describe('The settings of a command', () => {
  it('come from the key file that the Lacework console writes', async () => {
    const keyFile = await file('key.json', { keyId, secret, subAccount: 'sub-one', account: stage.emulator.url });
    expect(await fetched(['--key-file', keyFile])).toMatchObject({ code: 0, stderr: '' });
    expect(stage.emulator.calls.map(({ accountName }) => accountName)).toContain('sub-one');
  });

  it('come from the text of the key file, pasted', async () => {
    const input = JSON.stringify({ keyId, secret, subAccount: '', account: stage.emulator.url });
    const args = ['fetch', '--from', '1h', '--dry-run', '--json', '--key-file', '-'];
    expect(await runCli(args, { input })).toMatchObject({ code: 0, stderr: '' });
  });

  it('come from a configuration file, then from the environment, then from the key file: the later counts more', async () => {
    const config = await file('config.json', {
      account: 'wrong',
      keyId: 'wrong',
      secret: 'wrong-config',
      min_severity: 'high',
    });
    const keyFile = await file('key.json', { keyId, secret, account: stage.emulator.url });
    const env = { LACEWORK_ACCOUNT: 'other', LACEWORK_SECRET: 'wrong-environment' };
    expect(await fetched(['--config', config, '--key-file', keyFile], env)).toMatchObject({ code: 0 });
    expect(stage.emulator.calls.at(-1)?.search).toContain('"severity"');
    const fromEnvironment = { LACEWORK_ACCOUNT: stage.emulator.url, LACEWORK_KEY_ID: keyId, LACEWORK_SECRET: secret };
    expect(await fetched(['--config', config], fromEnvironment)).toMatchObject({ code: 0 });
  });

  it("come from the platform's values in a container of the platform, the secret from the platform itself", async () => {
    const trigger = await stage.start({ configuration: { start_time: '1' } });
    const result = await fetched([], { SYMPHONY_DIR: stage.symphonyDirectory });
    await trigger.stop();
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [
      'nothing is given',
      [],
      {},
      /^error: Account: account is missing\. .* Give them in the environment \(LACEWORK_ACCOUNT/,
    ],
    [
      'the key file is not there',
      ['--key-file', '/no/key.json'],
      {},
      /^error: --key-file \/no\/key\.json can't be read: ENOENT\./,
    ],
  ])('are asked for by name when %s', async (_, args, env, message) => {
    const { code, stderr } = await runCli(['fetch', '--from', '1h', ...args], { env });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each([
    ['no JSON', 'secret: hush', /is not JSON\./],
    ['no key file', { keyId: 'K' }, /is no API key file: it needs account, keyId and secret\./],
  ])('name a key file that is %s, and never quote it', async (_, content, message) => {
    const { code, stderr } = await fetched(['--key-file', await file('key.json', content)]);
    expect([code, JSON.parse(stderr).message]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr).not.toContain('hush');
  });

  it('name a field of a configuration file that no form has', async () => {
    const config = await file('config.json', { intake_keys: 'slip' });
    const { code, stderr } = await fetched(['--config', config], operatorEnv(stage));
    expect([code, JSON.parse(stderr).message]).toEqual([
      2,
      expect.stringMatching(/config\.json has fields that no form has: intake_keys\. docs\/configuration\.md lists/),
    ]);
  });

  it('never leave a credential in what is written', async () => {
    stage.emulator.faults.set({ kind: 'reset-before-headers', on: 'any' });
    const { code, stdout, stderr } = await fetched([], operatorEnv(stage));
    expect(code).toBe(4);
    expect(stdout + stderr).not.toMatch(new RegExp(`${secret}|${intakeKey}`));
  });
});

describe('A time', () => {
  const now = Date.parse('2026-01-31T10:00:00Z');

  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T10:30:00.5+01:00', '2026-01-31T09:30:00.500Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['90m', '2026-01-31T08:30:00.000Z'],
    ['36h', '2026-01-29T22:00:00.000Z'],
    ['7d', '2026-01-24T10:00:00.000Z'],
  ])('written as %s is %s', (text, time) => {
    expect(new Date(parseTime(text, '--from', now)).toISOString()).toBe(time);
  });

  it.each(['yesterday', '2026-13-01', '5w', '2026-01-31T10:00'])('written as %s is refused', (text) => {
    expect(() => parseTime(text, '--from', now)).toThrow(
      /^--from .* is no time\. Write a time \(2026-01-31T09:30:00Z\)/,
    );
  });
});

describe('lacework-trigger', () => {
  it('exits with 2 for a command or an option that it does not have', async () => {
    expect((await runCli(['fetsch'])).code).toBe(2);
    expect((await runCli(['fetch', '--form', '1h'])).code).toBe(2);
    expect((await runCli([])).code).toBe(2);
  });

  it.each([
    [['check', '--confg', 'x', '--json'], "unknown option '--confg'\n(Did you mean --config?)"],
    [['fetch', '--json'], "required option '--from <time>' not specified"],
    [['normalize', '--json', '--profile', '2023'], /^option '--profile <profile>' argument '2023' is invalid\./],
    [['state', 'import', '--json'], "missing required argument 'file'"],
    [['fetsch', '--json'], "unknown command 'fetsch'\n(Did you mean fetch?)"],
  ])('%j says what is wrong as JSON', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout, JSON.parse(stderr)]).toEqual([
      2,
      '',
      {
        level: 'error',
        code: 'usage',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      },
    ]);
  });

  it('explains every command, with examples', async () => {
    expect(await runCli(['fetch', '--help'])).toMatchObject({ code: 0, stdout: helpOf(find('fetch')) });
    const commands = withInner(buildProgram());
    expect(commands.map(nameOf)).toEqual(
      expect.arrayContaining(['check', 'fetch', 'state', 'state rewind', 'dead-letters', 'dead-letters replay', 'run']),
    );
    const withoutExample = commands.filter(
      (command) => !helpOf(command).includes(`\nExamples:\n  lacework-trigger ${nameOf(command)}`),
    );
    expect(withoutExample.map(nameOf)).toEqual([]);
  });
});

function find(name: string): Command {
  const found = buildProgram().commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`There is no command ${name}.`);
  return found;
}

function withInner(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...withInner(inner)]);
}

function nameOf(command: Command): string {
  const parent = command.parent?.parent ? `${command.parent.name()} ` : '';
  return parent + command.name();
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    // As on what is no terminal.
    getOutHelpWidth: () => 80,
  });
  command.outputHelp();
  return help;
}
