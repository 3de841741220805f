import { describe, expect, it, jest } from '@jest/globals';
import {
  add,
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

describe('The budget of calls', () => {
  const callsInAnyHour = () => {
    const times = simulation.emulator.calls.map(({ at }) => at);
    return Math.max(...times.map((at) => times.filter((other) => other > at - HOUR_MS && other <= at).length));
  };

  it('that can not carry the frequency stretches the interval, with one warning that names it', async () => {
    await open({ frequency: 5, ratelimit_per_hour: 60 });
    const run = await simulation.start();
    await pass(2 * HOUR_MS);
    expect(callsInAnyHour()).toBeLessThanOrEqual(60);
    expect(warnings(run)).toEqual([
      "warning A poll every 5 s can't be carried by 60 API calls an hour: the interval in effect is 67 s. Every alert is still collected.",
    ]);
    expect(lists().length).toBeGreaterThan(100);
  });

  it('that can not carry the pages of polls and sweeps stretches the interval by as much as they need', async () => {
    await open({ frequency: 60 }, { pageSize: 10 });
    for (let id = 0; id < 100; id++) add({ id, hoursAgo: 0.5 });
    for (let id = 100; id < 300; id++) add({ id, hoursAgo: 12 });
    const run = await simulation.start();
    await pass(80 * MINUTE_MS);
    // 10 calls a poll and 30 a sweep: 480 less 2 tokens and 4 sweeps carry 35.8 polls an hour.
    expect(warnings(run)).toEqual([
      "warning A poll every 60 s can't be carried by 480 API calls an hour: the interval in effect is 101 s. Every alert is still collected.",
    ]);
    const starts = lists().flatMap(({ page, at }) => (page === 1 ? [at] : []));
    const gaps = starts.map((at, index) => Math.round(at - (starts[index - 1] ?? at)));
    expect(new Set(gaps.slice(3))).toEqual(new Set([100_559]));
    expect(callsInAnyHour()).toBeLessThanOrEqual(480);
    expect(new Set(ids()).size).toBe(300);
  });

  it('is kept through a backlog that needs more, said once an hour, and nothing is lost', async () => {
    await open({ ratelimit_per_hour: 20 }, { pageSize: 10 });
    simulation.emulator.addGenerated({ count: 300, seed: 4, from: now() - 20 * HOUR_MS, to: now() - HOUR_MS });
    const run = await simulation.start();
    await polled(run);
    expect(callsInAnyHour()).toBeLessThanOrEqual(20);
    expect(new Set(ids()).size).toBe(300);
    expect(warnings(run).filter((line) => line.includes('are used up'))).toEqual(
      ['10:30:00', '11:30:00'].map(
        (time) =>
          `warning The 20 API calls of this hour are used up; collection goes on where it was at 2026-01-31 ${time} UTC.`,
      ),
    );
  });

  it("is lowered by the server's own figures", async () => {
    await open({ frequency: 10 }, { rateLimitPerHour: 100 });
    const run = await simulation.start();
    await pass(3 * HOUR_MS);
    expect(simulation.emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(callsInAnyHour()).toBeLessThanOrEqual(200);
    expect(warnings(run).filter((line) => line.includes('interval in effect'))).toHaveLength(1);
  });

  it('is kept by several starts together: restarts in a backlog stay within it, and lose nothing', async () => {
    await open({ frequency: 60, ratelimit_per_hour: 30 }, { pageSize: 10 });
    simulation.emulator.addGenerated({ count: 500, seed: 4, from: now() - 20 * HOUR_MS, to: now() - HOUR_MS });
    for (let starts = 0; starts < 4; starts++) {
      const run = await simulation.start();
      await pass(10 * MINUTE_MS);
      expect(await run.stop()).toBe(0);
    }
    await polled(await simulation.start());
    expect(callsInAnyHour()).toBeLessThanOrEqual(30);
    expect(new Set(ids()).size).toBe(500);
  });

  it('includes calls that only led to another address of the API', async () => {
    await open({ frequency: 60, ratelimit_per_hour: 30 });
    simulation.emulator.faults.set({ kind: 'redirect-same-origin', probability: 0.5 });
    await simulation.start();
    await pass(3 * HOUR_MS);
    expect(simulation.emulator.calls.filter(({ status }) => status === 307).length).toBeGreaterThan(10);
    // The last call before the limit may itself be led on, three times at most.
    expect(callsInAnyHour()).toBeLessThanOrEqual(33);
  });
});
