import { describe, expect, it } from '@jest/globals';
import type { LeaseStore } from '../../../lib/automation-sdk-ts/src/lease/lease-store.js';
import { waitUntil } from '../../helpers/wait-until.js';

/** Long enough for the slowest call of a test, short enough to be waited for. */
const SHORT_MS = 700;
const LONG_MS = 60_000;

/** Everything that a LeaseStore promises; each call of `open` stands for another process. */
export function describeLeases(name: string, open: () => LeaseStore): void {
  describe(`lease: ${name}`, () => {
    it('is held by one until it is released, then by the next', async () => {
      const [a, b] = [open(), open()];
      expect(await a.acquire('released', 'a', LONG_MS)).toBe(true);
      expect(await b.acquire('released', 'b', LONG_MS)).toBe(false);
      expect(await b.renew('released', 'b', LONG_MS)).toBe(false);
      await b.release('released', 'b');
      expect(await a.renew('released', 'a', LONG_MS)).toBe(true);
      await a.release('released', 'a');
      expect(await a.renew('released', 'a', LONG_MS)).toBe(false);
      expect(await b.acquire('released', 'b', LONG_MS)).toBe(true);
      expect(await a.acquire('released', 'a', LONG_MS)).toBe(false);
    });

    it('is given to its holder again', async () => {
      const a = open();
      expect(await a.acquire('again', 'a', LONG_MS)).toBe(true);
      expect(await a.acquire('again', 'a', LONG_MS)).toBe(true);
      expect(await a.renew('again', 'a', LONG_MS)).toBe(true);
      expect(await open().acquire('again', 'b', LONG_MS)).toBe(false);
    });

    it('keeps identities apart', async () => {
      const identities = ['one', 'One', 'o.ne', 'a/b', '../x', 'tenant.lacework.net sub é'];
      for (const identity of identities) expect(await open().acquire(identity, identity, LONG_MS)).toBe(true);
      for (const identity of identities) expect(await open().acquire(identity, 'other', LONG_MS)).toBe(false);
    });

    it('is taken by exactly one of many that come at the same moment', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `taker ${index}`);
      const taken = await Promise.all(names.map((taker) => open().acquire('rush', taker, LONG_MS)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('stays with a holder that renews it', async () => {
      const [a, b] = [open(), open()];
      expect(await a.acquire('renewed', 'a', SHORT_MS)).toBe(true);
      const end = performance.now() + 2.5 * SHORT_MS;
      let renewals = 0;
      while (performance.now() < end) {
        if (await a.renew('renewed', 'a', SHORT_MS)) renewals += 1;
        expect(await b.acquire('renewed', 'b', SHORT_MS)).toBe(false);
        await new Promise((resolve) => setTimeout(resolve, SHORT_MS / 10));
      }
      expect(renewals).toBeGreaterThan(2);
    });

    it('runs out, and is then taken by exactly one of many, and lost to its holder', async () => {
      const a = open();
      const others = Array.from({ length: 5 }, (_, index) => ({ name: `other ${index}`, store: open() }));
      const start = performance.now();
      expect(await a.acquire('stale', 'a', SHORT_MS)).toBe(true);
      let winners: string[] = [];
      await waitUntil('the lease runs out', async () => {
        const taken = await Promise.all(others.map(({ name: taker, store }) => store.acquire('stale', taker, LONG_MS)));
        winners = others.filter((_, index) => taken[index]).map(({ name: taker }) => taker);
        return winners.length > 0;
      });
      expect(performance.now() - start).toBeGreaterThanOrEqual(SHORT_MS * 0.95);
      expect(performance.now() - start).toBeLessThan(SHORT_MS * 4);
      expect(winners).toHaveLength(1);
      expect(await a.renew('stale', 'a', SHORT_MS)).toBe(false);
      await a.release('stale', 'a');
      expect(await a.acquire('stale', 'a', SHORT_MS)).toBe(false);
      const winner = others.find(({ name: taker }) => taker === winners[0]);
      expect(await winner?.store.renew('stale', winner.name, LONG_MS)).toBe(true);
    });
  });
}
