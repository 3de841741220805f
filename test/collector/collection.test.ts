import { describe, expect, it, jest } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import {
  add,
  askedFrom,
  DAY_MS,
  events,
  HOUR_MS,
  ids,
  lists,
  MINUTE_MS,
  now,
  open,
  pass,
  polled,
  simulation,
  warnings,
} from './collection-stage.js';

jest.setTimeout(120_000);

describe('A poll during which the lease runs out', () => {
  it('saves no checkpoint and ends, and the next attempt polls again', async () => {
    let isFrozen = false;
    await open(
      {},
      {
        now: () => {
          if (!isFrozen && lists().length > 0) {
            isFrozen = true;
            simulation.clock.freeze(2 * MINUTE_MS);
          }
          return now();
        },
      },
    );
    const run = await simulation.start();
    await polled(run);
    const codes = run.lines.map(({ code }) => code);
    expect(isFrozen).toBe(true);
    expect(codes.filter((code) => ['lease_lost', 'nothing_new'].includes(code))).toEqual(['lease_lost', 'nothing_new']);
    // The sweep that was lost counts as not done: the next poll reads as far back, not the last 2 hours.
    const hoursBack = lists().map((call) => Math.round((call.at - askedFrom(call)) / HOUR_MS));
    expect(hoursBack).toEqual([24, 24]);
    expect(await run.stop()).toBe(0);
  });
});

describe('A trigger that loses its lease between two polls', () => {
  it('begins again after a second, each time, as its polls succeed meanwhile; it says no word of a stop', async () => {
    await open();
    const run = await simulation.start();
    const count = (wanted: string) => run.lines.filter(({ code }) => code === wanted).length;
    await polled(run);
    const pauses: number[] = [];
    for (const times of [1, 2, 3]) {
      simulation.clock.freeze(2 * MINUTE_MS);
      await simulation.clock.runUntil('the loss', () => count('lease_lost') === times, HOUR_MS);
      const lostAt = now();
      await simulation.clock.runUntil('the next attempt', () => count('started') === times + 1, HOUR_MS);
      pauses.push(now() - lostAt);
      await polled(run);
    }
    expect(pauses).toEqual([1_000, 1_000, 1_000]);
    expect(count('stopped')).toBe(0);
    expect(await run.stop()).toBe(0);
    expect(count('stopped')).toBe(1);
  });
});

describe('A late alert', () => {
  it('is forwarded once, whatever its id, its hour and the order it comes in', async () => {
    await open({}, { order: { shuffled: 5 } });
    for (let id = 100; id < 140; id++) add({ id, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    // A lower and a higher id; the same hour as others, an older one, and one at the very end of the lookback.
    add({ id: 5, hoursAgo: 1 });
    add({ id: 900, hoursAgo: 1 });
    add({ id: 6, hoursAgo: 20 });
    add({ id: 901, hoursAgo: 23.6 }, 20 * MINUTE_MS);
    await pass(HOUR_MS);
    expect(
      ids()
        .slice(40)
        .sort((a, b) => a - b),
    ).toEqual([5, 6, 900, 901]);
    await pass(4 * HOUR_MS);
    expect(new Set(ids()).size).toBe(ids().length);
    expect(await run.stop()).toBe(0);
  });

  it('from the end of the lookback is seen within a quarter of an hour', async () => {
    await open({ lookback_hours: 48 });
    const run = await simulation.start({ start_time: '72' });
    await polled(run, 5);
    add({ id: 1, hoursAgo: 47.7 });
    await pass(15 * MINUTE_MS + 1000);
    expect(ids()).toEqual([1]);
  });

  it('that began before start_time is never collected', async () => {
    await open();
    add({ id: 1, hoursAgo: 5.01 });
    add({ id: 2, hoursAgo: 4.9 });
    const run = await simulation.start({ start_time: '5' });
    await polled(run, 10);
    expect(ids()).toEqual([2]);
  });

  it('that began before start_time is not collected either when Lacework lists it among later ones', async () => {
    await open();
    const from = now() - 5 * HOUR_MS;
    const listed = { startTime: from + HOUR_MS };
    simulation.emulator.add(alertText({ id: 1, start: from - 1 }), listed);
    simulation.emulator.add(alertText({ id: 2, start: from }), listed);
    const run = await simulation.start({ start_time: new Date(from).toISOString() });
    await polled(run, 5);
    expect(ids()).toEqual([2]);
  });
});

describe('After an outage of the trigger', () => {
  it('for 10 days, what began meanwhile is collected, and nothing that was delivered before is sent again', async () => {
    await open();
    const began = now();
    simulation.emulator.addGenerated({ count: 3000, seed: 1, from: began - 20 * HOUR_MS, to: began + 11 * DAY_MS });
    const run = await simulation.start();
    await pass(2 * HOUR_MS);
    await run.stop();
    const before = ids().length;
    expect(before).toBeGreaterThan(200);
    await simulation.clock.advance(10 * DAY_MS);
    const again = await simulation.start();
    await polled(again, 3);
    expect(ids().length).toBeGreaterThan(2700);
    expect(new Set(ids()).size).toBe(ids().length);
    const oldest = Math.min(
      ...events()
        .slice(before)
        .map((event) => Date.parse(event['@timestamp'])),
    );
    expect(oldest).toBeGreaterThanOrEqual(began - DAY_MS);
    expect(warnings(again)).toEqual([]);
  });

  it('for 100 days, the gap is named once with its two ends, also when the first polls fail', async () => {
    await open();
    const run = await simulation.start();
    await polled(run);
    await run.stop();
    await simulation.clock.advance(100 * DAY_MS);
    simulation.emulator.faults.set({ kind: 'status', status: 503, times: 3 });
    const again = await simulation.start();
    await polled(again, 2);
    const gaps = again.lines.filter(({ code }) => code === 'history_gap').map(({ message }) => message);
    expect(gaps).toEqual([
      expect.stringMatching(
        /^Lacework answers for 92 days back: alerts that began from 2026-01-30 09:30:\d\d UTC to 2026-02-08 09:\d\d:\d\d UTC can't be collected\. Look at them in the Lacework console\.$/,
      ),
    ]);
  });
});
