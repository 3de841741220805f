import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv, runCli, startCli } from '../helpers/cli.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const HOUR_MS = 3_600_000;

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  stage.emulator.addGenerated({ count: 6, seed: 1, from: Date.now() - 20 * HOUR_MS, to: Date.now() - 60_000 });
});
afterEach(() => stage.close());

/** As the trigger is: by the platform's values. */
const platformEnv = () => ({ SYMPHONY_DIR: stage.symphonyDirectory, SYMPHONY_DATA_DIR: stage.dataDirectory });
const state = (...args: string[]) => runCli(['state', ...args], { env: platformEnv() });
const shown = async () => JSON.parse((await state('show', '--json')).stdout);

/** Collects once, by the trigger itself. */
async function collect(): Promise<void> {
  const trigger = await stage.start({ configuration: { frequency: 60 } });
  await waitUntil('a poll', () => /"poll_ended"|"nothing_new"/.test(trigger.output()));
  await trigger.stop();
}

describe('lacework-trigger state', () => {
  it('shows how far the trigger has come', async () => {
    await collect();
    const { code, stdout } = await state('show');
    expect(code).toBe(0);
    expect(stdout.replaceAll(stage.dataDirectory, 'DATA')).toMatch(
      /^where {9}DATA\/state\ncollected {5}all that appeared until 20.* UTC; nothing that began before 20.* UTC is read again\nremembered {4}6 delivered alerts\nruns owed {5}0\ndead letters {2}0, 0\.0 MB\n$/,
    );
  });

  it('moves to another place by export and import, and the trigger there sends nothing again', async () => {
    await collect();
    const file = join(stage.dataDirectory, 'state-export.json');
    const exported = await state('export', file);
    expect([exported.code, exported.stdout]).toEqual([
      0,
      expect.stringMatching(/^\d values? written to .*state-export\.json\.\n$/),
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const other = join(stage.dataDirectory, 'other');
    await mkdir(other);
    const env = { ...platformEnv(), SYMPHONY_DATA_DIR: other };
    const unasked = await runCli(['state', 'import', file], { env });
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/is replaced by the one of 20.* give --yes\.\n$/),
    ]);
    expect((await runCli(['state', 'import', file, '--yes'], { env })).code).toBe(0);
    const [before, after] = [await shown(), JSON.parse((await runCli(['state', 'show', '--json'], { env })).stdout)];
    expect({ ...after, where: before.where }).toEqual(before);

    await runCli(['fetch', '--from', '1h'], { env });
    const moved = await stage.start({ configuration: { frequency: 60 }, env: { SYMPHONY_DATA_DIR: other } });
    await waitUntil('a poll', () => /"poll_ended"|"nothing_new"/.test(moved.output()));
    await moved.stop();
    expect(stage.intake.events).toHaveLength(6);
  });

  it('rewinds: what is remembered is not delivered again, unless that is wanted', async () => {
    await collect();
    const unasked = await state('rewind', '--to', '30h');
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error: The next start reads everything that began since .* What is remembered \(6 alerts\) is not delivered again\. Nobody can be asked here: give --yes\.\n$/,
      ),
    ]);
    expect(await state('rewind', '--to', '30h', '--yes')).toMatchObject({ code: 0 });
    expect((await shown()).sweptAt).toBeNull();
    await collect();
    expect(stage.intake.events).toHaveLength(6);

    const again = await state('rewind', '--to', '24h', '--deliver-again', '--yes', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ forgotten: 6 });
    await collect();
    expect(stage.intake.events).toHaveLength(12);
  });

  it('is not changed beside a trigger that works on it, nor rewound into the future', async () => {
    await collect();
    const trigger = await stage.start({ configuration: { frequency: 60 } });
    await waitUntil('a poll', () => trigger.output().includes('"nothing_new"'));
    expect(await state('rewind', '--to', '1h', '--yes')).toMatchObject({ code: 3 });
    await trigger.stop();
    expect(await state('rewind', '--to', '2999-01-01', '--yes')).toMatchObject({
      code: 2,
      stderr: 'error: --to 2999-01-01 00:00:00 UTC is in the future: a rewind goes back.\n',
    });
  });

  it('is after an import exactly what was exported, and an import that is cut short leaves no checkpoint', async () => {
    await collect();
    const exported = JSON.parse((await state('export')).stdout);
    stage.emulator.addGenerated({ count: 3, seed: 2, from: Date.now() - 2 * HOUR_MS, to: Date.now() - 60_000 });
    await collect();
    const file = join(stage.dataDirectory, 'exported.json');
    await writeFile(file, JSON.stringify(exported));
    expect(await state('import', file, '--yes')).toMatchObject({ code: 0 });
    expect(JSON.parse((await state('export')).stdout).values).toEqual(exported.values);

    const other = join(stage.dataDirectory, 'other');
    await mkdir(other);
    const env = { ...platformEnv(), SYMPHONY_DATA_DIR: other };
    // No file can have such a name.
    await writeFile(file, JSON.stringify({ ...exported, values: { ...exported.values, ['x'.repeat(300)]: 1 } }));
    expect(await runCli(['state', 'import', file, '--yes'], { env })).toMatchObject({ code: 4 });
    const left = JSON.parse((await runCli(['state', 'show', '--json'], { env })).stdout);
    expect({ floor: left.floor, damaged: left.damaged }).toEqual({ floor: null, damaged: [] });
  });

  it('is never rewound forward: what lies before is still looked after', async () => {
    await collect();
    const { floor } = await shown();
    const { stdout } = await state('rewind', '--to', '1m', '--yes', '--json');
    expect(JSON.parse(stdout).floor.slice(0, 19)).toBe(floor.slice(0, 19).replace(' ', 'T'));
    expect((await shown()).floor).toBe(floor);
  });

  it('waits with --wait for the trigger to end, and says so', async () => {
    const trigger = await stage.start({ configuration: { frequency: 60 } });
    await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
    const waiting = startCli(['state', 'rewind', '--to', '1h', '--yes', '--wait', '--json'], { env: platformEnv() });
    await waitUntil('it says that it waits', () => waiting.said() !== '');
    await trigger.stop();
    const { code, stderr } = await waiting.ended;
    expect([code, JSON.parse(stderr)]).toEqual([
      0,
      {
        level: 'info',
        code: 'state_in_use',
        message: 'Another process works on this state; waiting until it ends.',
      },
    ]);
  });

  it('imports nothing that is no export, and says where there is no state', async () => {
    const file = join(stage.dataDirectory, 'not.json');
    await mkdir(stage.dataDirectory, { recursive: true });
    await writeFile(file, await readFile(new URL('../../package.json', import.meta.url)));
    const env = operatorEnv(stage);
    expect(await runCli(['state', 'import', file, '--yes'], { env })).toMatchObject({
      code: 2,
      stderr: `error: ${file} is no state that state export has written.\n`,
    });
    expect((await runCli(['state', 'show', '--data', '/no/such/path'], { env })).stderr).toMatch(
      /^error: The data path \/no\/such\/path can't be used \(ENOENT\)\. Name the trigger's with --data/,
    );
  });
});
