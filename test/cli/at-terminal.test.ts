import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CTRL_C, CTRL_D, hasTerminal, startAtTerminal } from '../helpers/at-terminal.js';
import { operatorEnv, runCli } from '../helpers/cli.js';
import { keyId, openStage, type Stage, secret } from '../helpers/stage.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

const REWIND = ['state', 'rewind', '--to', '2026-01-01T00:00:00Z'];
const QUESTION = 'Type yes to go on: ';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await mkdir(stage.dataDirectory);
});
afterEach(() => stage.close());

const floor = async () => {
  const { stdout } = await runCli(['state', 'show', '--json'], { env: operatorEnv(stage) });
  return JSON.parse(stdout).floor;
};

(hasTerminal ? describe : describe.skip)('At a terminal', () => {
  it.each([
    ['yes', 'yes\r', 0, 'The next start reads everything that began since', '2026-01-01 00:00:00 UTC'],
    ['n', 'n\r', 1, 'Nothing was changed.', null],
    ['nothing', '\r', 1, 'Nothing was changed.', null],
    ['Ctrl-C', CTRL_C, 130, `\nNothing was changed.`, null],
    ['Ctrl-D', CTRL_D, 130, `\nNothing was changed.`, null],
  ])('a question that is answered with %s changes as much as it should', async (_, answer, code, says, then) => {
    const asking = startAtTerminal(REWIND, operatorEnv(stage));
    await asking.shows(QUESTION);
    asking.type(answer);
    const { code: ended, shown } = await asking.ended;
    expect({ ended, shown }).toEqual({ ended: code, shown: expect.stringContaining(says) });
    expect(shown).not.toMatch(/error|Error/);
    expect(await floor()).toBe(then);
  });

  it('dead letters that are not to be deleted stay, and that is said', async () => {
    stage.emulator.addGenerated({ count: 2, seed: 1, from: Date.now() - 3_600_000, to: Date.now() - 60_000 });
    stage.intake.faults.set({ kind: 'event-errors', containing: '"', status: 422 });
    await runCli(['backfill', '--from', '2h'], { env: operatorEnv(stage) });
    const asking = startAtTerminal(['dead-letters', 'purge', '--older-than', '0m'], operatorEnv(stage));
    await asking.shows(QUESTION);
    asking.type('no\r');
    const { code, shown } = await asking.ended;
    expect([code, shown]).toEqual([1, expect.stringContaining('Nothing was changed.')]);
    const { stdout } = await runCli(['dead-letters', 'list'], { env: operatorEnv(stage) });
    expect(stdout).toContain('\n2 dead letters, ');
  });

  it('--key-file - asks for the text of the key file', async () => {
    const { INTAKE_KEY, INTAKE_SERVER, SYMPHONY_DATA_DIR } = operatorEnv(stage);
    const checking = startAtTerminal(['check', '--key-file', '-'], { INTAKE_KEY, INTAKE_SERVER, SYMPHONY_DATA_DIR });
    await checking.shows('Paste the text for --key-file, then press Ctrl-D on a line of its own.');
    checking.type(`${JSON.stringify({ keyId, secret, account: stage.emulator.url }, null, 2)}\n${CTRL_D}`);
    const { code, shown } = await checking.ended;
    expect([code, shown]).toEqual([0, expect.stringContaining('accepts it')]);
    // Colours are for terminals.
    expect(shown).toContain('\u001b[32mok');
  });

  it('a backfill shows how far it is', async () => {
    stage.emulator.addGenerated({ count: 40, seed: 1, from: Date.now() - 40 * 3_600_000, to: Date.now() - 60_000 });
    const { code, shown } = await startAtTerminal(['backfill', '--from', '2d'], operatorEnv(stage)).ended;
    expect(code).toBe(0);
    expect(shown).toMatch(/100 ?%.*40 alerts.*\d+ calls/);
  });

  it('a replay is coloured', async () => {
    const file = fileURLToPath(new URL('../fixtures/samples/event_02.json', import.meta.url));
    const text = JSON.parse(await readFile(file, 'utf8')).message;
    const alert = join(stage.dataDirectory, 'alert.json');
    await writeFile(alert, text);
    const { shown } = await startAtTerminal(['replay', alert], {}).ended;
    expect(shown).toContain(
      '\u001b[32m+ event.code: "UsageOfRootAccount"\u001b[39m\u001b[90m  (alertType)\u001b[39m\n',
    );
    expect(shown).toContain('\u001b[1m\u001b[31m- policyId: ');
    const { shown: plain } = await startAtTerminal(['replay', alert], { NO_COLOR: '1' }).ended;
    expect(plain).toContain('+ event.code: "UsageOfRootAccount"  (alertType)\n');
  });

  it('Ctrl-C ends a command that waits for the text of the key file', async () => {
    const checking = startAtTerminal(['check', '--key-file', '-'], {});
    await checking.shows('Paste the text for --key-file, then press Ctrl-D on a line of its own.');
    checking.type(CTRL_C);
    expect(await checking.ended).toMatchObject({ code: 130 });
  });
});
