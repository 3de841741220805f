import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv, runCli, settled } from '../helpers/cli.js';
import { openStage, type Stage } from '../helpers/stage.js';

const HOUR_MS = 3_600_000;

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await mkdir(stage.dataDirectory);
});
afterEach(() => stage.close());

const letters = (...args: string[]) => runCli(['dead-letters', ...args], { env: operatorEnv(stage) });
const listed = async (): Promise<Record<string, unknown>[]> => {
  const { stdout } = await letters('list', '--json');
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

/** Lets the intake refuse the alerts that hold "refuse me", and collects. */
async function collectWithRefusals(): Promise<void> {
  for (const [id, name] of [
    [1, 'fine'],
    [2, 'refuse me'],
    [3, 'refuse me'],
  ] as const) {
    stage.emulator.add(JSON.stringify({ alertId: id, alertName: name, startTime: new Date(Date.now() - HOUR_MS) }), {
      startTime: Date.now() - HOUR_MS,
    });
  }
  stage.intake.faults.set({ kind: 'event-errors', containing: 'refuse me', status: 422 });
  const { code } = await runCli(['backfill', '--from', '2h'], { env: operatorEnv(stage) });
  expect(code).toBe(1);
}

describe('lacework-trigger dead-letters', () => {
  it('lists, shows, replays and deletes what the intake refused', async () => {
    await collectWithRefusals();
    const before = await listed();
    expect(before.map(({ kind, reason, alertId }) => ({ kind, reason, alertId }))).toEqual([
      { kind: 'refused', reason: 'the intake answers 422: The event is refused', alertId: '2' },
      { kind: 'refused', reason: 'the intake answers 422: The event is refused', alertId: '3' },
    ]);
    const table = await letters('list');
    expect(settled(table.stdout, stage)).toMatch(
      /^TIME .*\n20\S+ \S+Z {2}refused {6}2 .*\n +the intake answers 422: The event is refused\n.*\n.*\n2 dead letters, 0\.0 MB, in DATA\n$/,
    );

    const id = String(before[0]?.['id']);
    const shown = await letters('show', id);
    expect(shown.stdout).toMatch(
      /^time {4}20.*\nkind {4}refused\nreason {2}the intake answers 422: .*\nalert {3}2\n\n\{"/,
    );
    const text = shown.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(JSON.parse(text).message)).toMatchObject({ alertId: 2 });

    const refused = await letters('replay', '--all');
    expect([refused.code, refused.stdout]).toEqual([
      1,
      '0 delivered and deleted here, 2 refused again, 0 passed over.\n',
    ]);
    expect(refused.stderr).toContain(`${id}: the intake answers 422: The event is refused`);

    const asJson = await letters('replay', '--all', '--json');
    expect(
      asJson.stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))[0],
    ).toEqual({
      level: 'warning',
      code: 'dead_letter_left',
      message: `${id}: the intake answers 422: The event is refused`,
      id,
    });

    stage.intake.faults.clear();
    const replayed = await letters('replay', id);
    expect([replayed.code, replayed.stdout]).toEqual([
      0,
      '1 delivered and deleted here, 0 refused again, 0 passed over.\n',
    ]);
    expect(stage.intake.events.at(-1)?.text).toBe(text);
    expect((await listed()).map(({ alertId }) => alertId)).toEqual(['3']);

    expect(await letters('purge', '--older-than', '1d', '--yes')).toMatchObject({
      code: 0,
      stdout: '0 dead letters deleted.\n',
    });
    const unasked = await letters('purge', '--older-than', '0m');
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/To be deleted for good: 1 dead letter from .* Nobody can be asked here: give --yes\./),
    ]);
    expect(await letters('purge', '--older-than', '0m', '--yes')).toMatchObject({
      code: 0,
      stdout: '1 dead letter deleted.\n',
    });
    expect(await listed()).toEqual([]);
  });

  it('replays by its id alone what the intake may have stored, and keeps all when the intake fails', async () => {
    stage.emulator.addGenerated({ count: 4, seed: 1, from: Date.now() - HOUR_MS, to: Date.now() - 60_000 });
    stage.intake.faults.set({ kind: 'too-few-ids', times: 1 });
    await runCli(['backfill', '--from', '2h'], { env: operatorEnv(stage) });
    const all = await letters('replay', '--all', '--json');
    expect([all.code, JSON.parse(all.stdout)]).toEqual([1, { delivered: 0, refused: 0, passedOver: 4 }]);
    const reasons = all.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reasons.map(({ level, code }) => [level, code])).toEqual(Array(4).fill(['warning', 'dead_letter_left']));
    const [first] = await listed();
    expect(first).toMatchObject({ kind: 'unconfirmed', reason: 'acknowledged 3 of 4' });

    stage.intake.faults.set({ kind: 'status', status: 503, times: 1 });
    const failed = await letters('replay', String(first?.['id']));
    expect([failed.code, settled(failed.stderr, stage)]).toEqual([
      4,
      expect.stringMatching(
        /^error: INTAKE\/api\/v1\/intake-http answers 503\. The dead letters are kept: try again later\.\n$/,
      ),
    ]);
    expect(await letters('replay', String(first?.['id']))).toMatchObject({ code: 0 });
    expect(await listed()).toHaveLength(3);
  });

  it('delivers all but the one for which the intake refuses a whole batch', async () => {
    for (const id of [1, 2, 3, 4]) {
      const alertName = id === 3 ? 'refuse me' : 'refuse for now';
      stage.emulator.add(JSON.stringify({ alertId: id, alertName, startTime: new Date(Date.now() - HOUR_MS) }), {
        startTime: Date.now() - HOUR_MS,
      });
    }
    stage.intake.faults.set({ kind: 'event-errors', containing: 'refuse', status: 422 });
    await runCli(['backfill', '--from', '2h'], { env: operatorEnv(stage) });
    expect(await listed()).toHaveLength(4);
    stage.intake.faults.clear();
    stage.intake.faults.set({ kind: 'refuse-containing', containing: 'refuse me', status: 400 });
    const { code, stdout } = await letters('replay', '--all');
    expect([code, stdout]).toEqual([1, '3 delivered and deleted here, 1 refused again, 0 passed over.\n']);
    expect((await listed()).map(({ alertId }) => alertId)).toEqual(['3']);
  });

  it.each([
    [['show', 'no-such-id'], /^error: There is no dead letter no-such-id\. dead-letters list shows their ids\.\n$/],
    [['replay'], /^error: Name the dead letters to replay, or give --all\.\n$/],
  ])('%j is refused with what to do', async (args, message) => {
    const { code, stderr } = await letters(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
