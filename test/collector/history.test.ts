import { describe, expect, it, jest } from '@jest/globals';
import type { SimulatedRun } from '../delivery/simulated-run.js';
import { add as addAlert, ids, lists, MINUTE_MS, now, open, polled, simulation } from './collection-stage.js';

jest.setTimeout(120_000);

const add = (id: number, daysAgo: number) => addAlert({ id, hoursAgo: daysAgo * 24 });
const messages = (run: SimulatedRun, wanted: string) =>
  run.lines.filter(({ code }) => code === wanted).map(({ message }) => message);

describe('A part of the history for which Lacework sends nothing', () => {
  it('is asked for again a while later: an empty answer, however often it comes at once, loses nothing', async () => {
    await open({ start_time: String(20 * 24) });
    for (const [id, daysAgo] of [18, 11, 4, 0.1].entries()) add(id, daysAgo);
    const recovered = simulation.emulator.faults.set({ kind: 'no-content' });
    const run = await simulation.start();
    await simulation.clock.runUntil('nothing is found', () => messages(run, 'window_empty').length > 0, MINUTE_MS);
    recovered();
    await polled(run);
    expect(ids().sort()).toEqual([0, 1, 2, 3]);
    expect(messages(run, 'window_empty')).toEqual([
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
    await simulation.clock.runUntil('the wait', () => messages(run, 'window_empty').length > 0, MINUTE_MS);
    expect(await run.stop()).toBe(0);
    expect(messages(run, 'window_settled')).toEqual([]);
    await polled(await simulation.start());
    expect(ids().sort()).toEqual([1, 2]);
  });

  it('at rest is nothing unusual, and is not asked for twice', async () => {
    await open();
    const run = await simulation.start();
    await polled(run, 12);
    expect(lists()).toHaveLength(12);
    expect(messages(run, 'window_empty')).toEqual([]);
  });
});
