import { describe, expect, it, jest } from '@jest/globals';
import type { Simulation } from '../delivery/simulated-run.js';
import { add, events, ids, MINUTE_MS, open, pass, polled, simulation } from './collection-stage.js';

jest.setTimeout(120_000);

describe('A changed alert', () => {
  const change = (changes: Parameters<Simulation['emulator']['change']>[1]) => simulation.emulator.change(1, changes);
  const sent = () => events().map((event) => event.lacework.cloud_security.alert.status);

  it('is forwarded again once for each change, and a change back is a change', async () => {
    await open({ forward_updates: true });
    add({ id: 1, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    for (const status of ['Closed', 'Open']) {
      change({ status });
      await polled(run, 3);
    }
    expect(sent()).toEqual(['Open', 'Closed', 'Open']);
    change({ lastUserUpdatedTime: '2026-01-31T10:00:00.000Z' });
    await polled(run, 3);
    expect(sent()).toHaveLength(3);
    const steps = [
      { severity: 'Critical' },
      { endTime: '2026-01-31T12:00:00.000Z' },
      { alertName: 'B' },
      { subject: 'C' },
    ];
    for (const one of [...steps, { description: 'D' }]) {
      change(one);
      // Older than two hours by now, it is seen by every third poll.
      await polled(run, 3);
    }
    expect(sent()).toHaveLength(8);
    await run.stop();
    const again = await simulation.start();
    await polled(again, 5);
    expect(sent()).toHaveLength(8);
  });

  it('is not, unless asked for; and switching it on sends nothing again', async () => {
    await open();
    add({ id: 1, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    change({ status: 'Closed' });
    await polled(run, 3);
    await run.stop();
    const again = await simulation.start({ forward_updates: true });
    await polled(again, 5);
    expect(sent()).toEqual(['Open']);
    change({ status: 'Open' });
    await polled(again);
    expect(sent()).toEqual(['Open', 'Open']);
  });
});

describe('A change of an alert that is still on its way', () => {
  it('is on record only when the alert is: after a stop in between, the alert is delivered', async () => {
    await open();
    add({ id: 1, hoursAgo: 1 });
    add({ id: 1, hoursAgo: 1, status: 'Closed' });
    simulation.intake.faults.set({ kind: 'status', status: 503 });
    const run = await simulation.start();
    await pass(10 * MINUTE_MS);
    expect(await run.stop()).toBe(0);
    simulation.intake.faults.clear();
    const again = await simulation.start();
    await polled(again, 2);
    expect(ids()).toEqual([1]);
  });
});
