import { describe, expect, it, jest } from '@jest/globals';
import { HOUR_MS, ids, lists, MINUTE_MS, now, open, pass, polled, said, simulation } from './collection-stage.js';

jest.setTimeout(120_000);

describe('A poll that fails', () => {
  it('has settled what it had taken before the next one begins', async () => {
    await open({}, { pageSize: 100 });
    simulation.emulator.addGenerated({ count: 250, seed: 3, from: now() - HOUR_MS, to: now() - MINUTE_MS });
    simulation.intake.faults.set({ kind: 'status', status: 503 });
    simulation.emulator.faults.set({ kind: 'status', status: 503, page: 2, times: 3 });
    const run = await simulation.start();
    await pass(30 * MINUTE_MS);
    expect(lists().map(({ page }) => page)).toEqual([1, 2, 2, 2]);
    expect(run.lines.map(({ code }) => code)).not.toContain('poll_failed');
    simulation.intake.faults.clear();
    await polled(run);
    expect(new Set(ids()).size).toBe(250);
    expect(ids()).toHaveLength(250);
  });

  it('is made again after 5 s, then after twice as long each time up to 15 minutes, up to half of it less by chance', async () => {
    await open();
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.faults.set({ kind: 'status', status: 503 });
    const failed = () => lists().filter(({ status }) => status === 503);
    await pass(4 * HOUR_MS);
    const shares = failed()
      .slice(1)
      .map(({ at }, index) => (at - (failed()[index]?.at ?? 0)) / Math.min(5_000 * 2 ** index, 15 * MINUTE_MS));
    expect(shares.length).toBeGreaterThan(20);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.1);

    simulation.emulator.faults.clear();
    await said(run, 'poll_recovered');
    const recovered = failed().length;
    simulation.emulator.faults.set({ kind: 'status', status: 503, times: 2 });
    await said(run, 'poll_recovered');
    const [first, second] = failed().slice(recovered);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThanOrEqual(5_000);
  });
});
