import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { addRange, uncovered } from '../../lib/cli/backfill/covered-ranges.js';
import { operatorEnv, runCli, startCli } from '../helpers/cli.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await mkdir(stage.dataDirectory);
});
afterEach(() => stage.close());

const backfilled = (...args: string[]) => runCli(['backfill', ...args], { env: operatorEnv(stage) });
const ids = () => stage.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id);

function addAlerts(count: number, fromDaysAgo: number): void {
  const now = Date.now();
  stage.emulator.addGenerated({ count, seed: 1, from: now - fromDaysAgo * DAY_MS + HOUR_MS, to: now - HOUR_MS });
}

describe('lacework-trigger backfill', () => {
  it('forwards every alert of the range once, and says how far it is after each day', async () => {
    addAlerts(90, 3);
    const { code, stdout, stderr } = await backfilled('--from', '3d');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Complete\. 90 alerts seen, 90 forwarded, \d+ calls\.\n$/),
    ]);
    expect([ids().length, new Set(ids()).size]).toEqual([90, 90]);
    const days = stderr.trimEnd().split('\n');
    expect(days.slice(0, 3)).toEqual([
      expect.stringMatching(
        /^20.* UTC {2}33 % {2}\d+ alerts, \d+ forwarded, \d+\/s, .* left, \d+ calls left this hour$/,
      ),
      expect.stringMatching(/ 66 % /),
      expect.stringMatching(/ 100 % {2}90 alerts, 90 forwarded/),
    ]);
  });

  it('sends nothing again: neither what a backfill has settled, nor what the trigger has delivered', async () => {
    addAlerts(60, 3);
    const trigger = await stage.start({ configuration: { start_time: '36', frequency: 60 } });
    await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
    await trigger.stop();
    const delivered = stage.intake.events.length;
    expect(delivered).toBeGreaterThan(20);
    // As the trigger was started: by the platform's values.
    const env = { SYMPHONY_DIR: stage.symphonyDirectory, SYMPHONY_DATA_DIR: stage.dataDirectory };
    const first = await runCli(['backfill', '--from', '3d', '--json'], { env });
    expect(JSON.parse(first.stdout)).toMatchObject({ isComplete: true, seen: 60, forwarded: 60 - delivered });
    const again = await runCli(['backfill', '--from', '3d', '--again', '--json'], { env });
    expect(JSON.parse(again.stdout)).toMatchObject({ isComplete: true, seen: 60, forwarded: 0 });
    expect([ids().length, new Set(ids()).size]).toEqual([60, 60]);
  });

  it('goes on where it was after Ctrl-C', async () => {
    addAlerts(90, 30);
    const running = startCli(['backfill', '--from', '30d'], { env: operatorEnv(stage) });
    await waitUntil('the first days', () => running.said().includes(' % '));
    const over = stage.emulator.faults.set({ kind: 'hang-before-headers' });
    await waitUntil('a call that hangs', () => stage.emulator.calls.at(-1)?.fault === 'hang-before-headers');
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    over();
    expect([code, stdout]).toEqual([
      130,
      expect.stringMatching(/^Not complete: settled until 20.*; the same command goes on from there\. \d+ alerts seen/),
    ]);
    const callsBefore = stage.emulator.calls.length;
    expect((await backfilled('--from', '30d')).code).toBe(0);
    expect(stage.emulator.calls.length - callsBefore).toBeLessThan(60);
    expect([ids().length, new Set(ids()).size]).toEqual([90, 90]);
  });

  it('does not work on the state beside the trigger', async () => {
    const trigger = await stage.start();
    await waitUntil('a poll', () => trigger.output().includes('"nothing_new"'));
    const env = { SYMPHONY_DIR: stage.symphonyDirectory, SYMPHONY_DATA_DIR: stage.dataDirectory };
    const { code, stderr } = await runCli(['backfill', '--from', '1d'], { env });
    expect([code, stderr]).toEqual([
      3,
      'error: Another process works on this state. Stop the trigger first, or give --wait to go on when it ends.\n',
    ]);
    const waiting = startCli(['backfill', '--from', '1d', '--wait'], { env });
    await waitUntil('it waits', () => waiting.said().includes('waiting until it ends'));
    await trigger.stop();
    expect((await waiting.ended).code).toBe(0);
  });

  it('ends when there is no intake at the address, loses nothing, and goes on at the right one', async () => {
    addAlerts(20, 1);
    const env = { ...operatorEnv(stage), INTAKE_SERVER: `${stage.intake.url}/wrong` };
    const { code, stdout, stderr } = await runCli(['backfill', '--from', '1d'], { env });
    expect([code, stdout]).toEqual([
      4,
      expect.stringMatching(
        /^Not complete: nothing is settled; the same command goes on from there\. 20 alerts seen, 0 forwarded, \d+ calls\.\n$/,
      ),
    ]);
    const address = stage.intake.url.replace('http://', '');
    expect(stderr.trimEnd().split('\n')).toEqual([
      `warning: The intake does not take events: ${address}/wrong answers 404. Waiting: 20 events; sent again until taken.`,
      `error: ${address}/wrong answers 404 again and again: there is no intake at this address. Correct it, its path included; the command check tells when it is right. Nothing is lost: the same command goes on where it was.`,
    ]);
    expect((await backfilled('--from', '1d')).code).toBe(0);
    expect([ids().length, new Set(ids()).size]).toEqual([20, 20]);
  });

  it('waits out an API that fails for a moment, and keeps what the intake refuses', async () => {
    addAlerts(20, 1);
    stage.emulator.faults.set({ kind: 'status', status: 503, times: 1 });
    stage.intake.faults.set({ kind: 'event-errors', containing: 'High', status: 422 });
    const { code, stdout, stderr } = await backfilled('--from', '1d');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Complete\. 20 alerts seen, \d+ forwarded, \d+ kept as dead letters, \d+ calls\.\n$/);
    expect(stderr).toContain('503');
  });
});

describe('The ranges that are settled', () => {
  const range = (from: number, to: number) => ({ from, to });

  it('are joined where they touch', () => {
    expect(addRange([range(0, 10), range(20, 30)], range(10, 20))).toEqual([range(0, 30)]);
    expect(addRange([range(20, 30)], range(0, 10))).toEqual([range(0, 10), range(20, 30)]);
    expect(addRange([range(0, 30)], range(10, 20))).toEqual([range(0, 30)]);
  });

  it('are cut out of what is wanted', () => {
    expect(uncovered(range(0, 100), [])).toEqual([range(0, 100)]);
    expect(uncovered(range(0, 100), [range(10, 20), range(40, 50)])).toEqual([
      range(0, 10),
      range(20, 40),
      range(50, 100),
    ]);
    expect(uncovered(range(15, 45), [range(10, 20), range(40, 50)])).toEqual([range(20, 40)]);
    expect(uncovered(range(10, 20), [range(0, 30)])).toEqual([]);
    expect(uncovered(range(0, 10), [range(20, 30)])).toEqual([range(0, 10)]);
  });
});
