import { describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../../lib/emulator/faults.js';
import { DAY_MS, lists, MINUTE_MS, open, polled, said, simulation, warnings } from '../collector/collection-stage.js';

jest.setTimeout(120_000);

const tooMany = (says: 'retry-after' | 'retry-after-date' | 'rate-limit-reset', seconds: number): Fault => ({
  kind: 'too-many-requests',
  says,
  seconds,
  times: 1,
});

describe('A 429 that asks to wait', () => {
  it.each([
    ['by seconds', tooMany('retry-after', 90), 90_000, '09:36:30'],
    ['by a time', tooMany('retry-after-date', 90), 90_000, '09:36:30'],
    ['by the reset of the budget', tooMany('rate-limit-reset', 90), 90_000, '09:36:30'],
    ['by a time that is over', tooMany('retry-after-date', -90), 1000, '09:35:01'],
    ['not at all', tooMany('retry-after', 0), 1000, '09:35:01'],
    ['for 31 years', tooMany('retry-after', 999_999_999), DAY_MS, '09:35:00'],
  ])('%s is waited for so long', async (_, fault, waitMs, until) => {
    await open();
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.faults.set(fault);
    await said(run, 'rate_limited');
    await polled(run);
    const at = lists().findIndex(({ status }) => status === 429);
    expect((lists()[at + 1]?.at ?? 0) - (lists()[at]?.at ?? 0)).toBe(waitMs);
    const day = waitMs === DAY_MS ? '2026-02-01' : '2026-01-31';
    expect(warnings(run)).toEqual([
      `warning Lacework allows no more calls until ${day} ${until} UTC; collection then goes on where it was.`,
    ]);
  });
});

describe("The budget's figures", () => {
  it.each<[string, Omit<Extract<Fault, { kind: 'budget-figures' }>, 'kind'>]>([
    ['no call left, and nothing of when there are some again', { remaining: '0' }],
    ['an hour without calls', { limit: '0' }],
    ['nonsense', { limit: '-1', remaining: 'none', reset: 'soon' }],
  ])('that say %s stop nothing', async (_, figures) => {
    await open();
    simulation.emulator.faults.set({ kind: 'budget-figures', on: 'any', ...figures });
    const run = await simulation.start();
    await polled(run, 12);
    expect((lists()[11]?.at ?? 0) - (lists()[0]?.at ?? 0)).toBe(55 * MINUTE_MS);
    expect(warnings(run)).toEqual([]);
  });

  it('that say until when no call is left are waited for', async () => {
    await open();
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.faults.set({ kind: 'budget-figures', remaining: '0', reset: '1000', times: 1 });
    await polled(run, 2);
    const [, second, third] = lists();
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBe(1_000_000);
  });
});
