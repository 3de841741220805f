import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { openSimulation, type SimulatedRun, type Simulation } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';

jest.setTimeout(120_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let simulation: Simulation;
afterEach(() => simulation.close());

const open = async (configuration: Readonly<Record<string, unknown>> = {}) => {
  simulation = await openSimulation({ configuration: { frequency: 300, ...configuration } });
};
const now = () => simulation.clock.now();
const add = (id: number, daysAgo: number) =>
  simulation.emulator.add(alertText({ id, start: now() - daysAgo * DAY_MS }));
const polled = (run: SimulatedRun, polls = 1) => {
  const count = () => run.lines.filter(({ code }) => code === 'poll_ended' || code === 'nothing_new').length;
  const before = count();
  return simulation.clock.runUntil('a poll', () => count() >= before + polls, DAY_MS, 100_000);
};
const ids = () => simulation.intake.events.map(({ text }) => Number(JSON.parse(text).lacework.cloud_security.alert.id));
const lists = () => simulation.emulator.calls.filter(({ called }) => called === 'list');
const said = (run: SimulatedRun, wanted: string) =>
  run.lines.filter(({ code }) => code === wanted).map(({ message }) => message);

describe('A part of the history for which Lacework sends nothing', () => {
  it('is asked for again a while later: an empty answer, however often it comes at once, loses nothing', async () => {
    await open({ start_time: String(20 * 24) });
    for (const [id, daysAgo] of [18, 11, 4, 0.1].entries()) add(id, daysAgo);
    const recovered = simulation.emulator.faults.set({ kind: 'no-content' });
    const run = await simulation.start();
    await simulation.clock.runUntil('nothing is found', () => said(run, 'window_empty').length > 0, MINUTE_MS);
    recovered();
    await polled(run);
    expect(ids().sort()).toEqual([0, 1, 2, 3]);
    expect(said(run, 'window_empty')).toEqual([
      expect.stringMatching(
        /^History: Lacework sent nothing for 2026-01-11 09:30:\d\d UTC to 2026-01-31 09:30:\d\d UTC; it is asked again in 10 s\.$/,
      ),
    ]);
    expect(await run.stop()).toBe(0);
  });

  it('counts as read once two answers ten seconds apart were empty, and costs one wait for all such parts in a row', async () => {
    await open({ start_time: String(90 * 24) });
    add(1, 1);
    simulation.emulator.faults.set({ kind: 'no-content', times: 12 });
    const began = now();
    const run = await simulation.start();
    await polled(run);
    expect(lists()).toHaveLength(13 + 12);
    expect(now() - began).toBeLessThan(MINUTE_MS);
    expect(ids()).toEqual([1]);
    await polled(run);
    expect(lists()).toHaveLength(13 + 12 + 1);
    expect(await run.stop()).toBe(0);
  });

  it('is not on record before it counts as read: a stop while it is waited for reads it again', async () => {
    await open({ start_time: String(20 * 24) });
    add(1, 18);
    add(2, 4);
    simulation.emulator.faults.set({ kind: 'no-content', times: 1 });
    const run = await simulation.start();
    await simulation.clock.runUntil('the wait', () => said(run, 'window_empty').length > 0, MINUTE_MS);
    expect(await run.stop()).toBe(0);
    expect(said(run, 'window_settled')).toEqual([]);
    await polled(await simulation.start());
    expect(ids().sort()).toEqual([1, 2]);
  });

  it('at rest is nothing unusual, and is not asked for twice', async () => {
    await open();
    const run = await simulation.start();
    await polled(run, 12);
    expect(lists()).toHaveLength(12);
    expect(said(run, 'window_empty')).toEqual([]);
  });
});

describe('The calls of the last hour', () => {
  const callsInAnyHour = () => {
    const times = simulation.emulator.calls.map(({ at }) => at);
    return Math.max(...times.map((at) => times.filter((other) => other > at - HOUR_MS && other <= at).length));
  };

  it('count for the next start as well: restarts in a backlog stay within the budget, and lose nothing', async () => {
    simulation = await openSimulation({
      configuration: { frequency: 60, ratelimit_per_hour: 30 },
      emulator: { pageSize: 10 },
    });
    simulation.emulator.addGenerated({ count: 500, seed: 4, from: now() - 20 * HOUR_MS, to: now() - HOUR_MS });
    for (let starts = 0; starts < 4; starts++) {
      const run = await simulation.start();
      const until = now() + 10 * MINUTE_MS;
      await simulation.clock.runUntil('ten minutes', () => now() >= until, HOUR_MS, 100_000);
      expect(await run.stop()).toBe(0);
    }
    await polled(await simulation.start());
    expect(callsInAnyHour()).toBeLessThanOrEqual(30);
    expect(new Set(ids()).size).toBe(500);
  });

  it('include those that only led to another address of the API', async () => {
    simulation = await openSimulation({ configuration: { frequency: 60, ratelimit_per_hour: 30 } });
    simulation.emulator.faults.set({ kind: 'redirect-same-origin', probability: 0.5 });
    await simulation.start();
    const until = now() + 3 * HOUR_MS;
    await simulation.clock.runUntil('three hours', () => now() >= until, 4 * HOUR_MS, 100_000);
    expect(simulation.emulator.calls.filter(({ status }) => status === 307).length).toBeGreaterThan(10);
    // The last call before the limit may itself be led on, three times at most.
    expect(callsInAnyHour()).toBeLessThanOrEqual(33);
  });
});
