import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Storage, StorageError } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { waitUntil } from '../../helpers/wait-until.js';
import type { Server } from './servers/server-process.js';

const number = z.number();
const LONGEST_CALL_MS = 11_000;

/** What a Storage on a server promises while the server fails. */
export function describeOutage(name: string, server: () => Server, open: () => Promise<Storage>): void {
  describe(`storage during an outage: ${name}`, () => {
    let storage: Storage;
    beforeAll(async () => {
      storage = await open();
    });
    afterAll(() => storage.close());

    async function expectEveryCallToFail(each: Storage): Promise<void> {
      const start = performance.now();
      const calls = [each.get('kept', number), each.set('kept', 2), each.delete(['kept']), each.keys('')];
      const results = await Promise.allSettled(calls);
      expect(performance.now() - start).toBeLessThan(LONGEST_CALL_MS);
      for (const result of results) {
        const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
        expect(reason).toBeInstanceOf(StorageError);
        expect((reason as StorageError).code).toBe('state_store_failed');
        expect((reason as StorageError).message).toContain(each.description);
        expect(`${(reason as StorageError).message} ${(reason as StorageError).detail}`).not.toContain(
          'marker-password',
        );
      }
    }

    async function expectToWorkAgain(each: Storage, value: number): Promise<void> {
      await waitUntil('the store works again', async () => {
        return await each.get('kept', number).then(
          (read) => read === value,
          () => false,
        );
      });
    }

    it('fails each call in time while the server is dead, and works again by itself when it is back', async () => {
      await storage.set('kept', 1);
      await server().kill();
      await expectEveryCallToFail(storage);
      await server().start();
      await expectToWorkAgain(storage, 1);
      expect(await storage.keys('')).toEqual(['kept']);
    });

    it('fails each call in time while the server hangs, and works again by itself', async () => {
      await storage.set('kept', 1);
      server().freeze();
      await expectEveryCallToFail(storage);
      server().thaw();
      // What was asked of a server that hung may still be done: nobody can know, and the caller was told of a failure.
      await waitUntil('the store works again', () =>
        storage.set('kept', 3).then(
          () => true,
          () => false,
        ),
      );
      await expectToWorkAgain(storage, 3);
    });

    it('opens while the server is dead, and works as soon as it is there', async () => {
      await storage.set('kept', 4);
      await server().kill();
      const early = await open();
      await expect(early.get('kept', number)).rejects.toThrow(StorageError);
      await server().start();
      await expectToWorkAgain(early, 4);
      await early.close();
    });

    it('loses no acknowledged write when the server dies in the middle of many', async () => {
      const acknowledged = new Map<string, number>();
      let isDead = false;
      const writing = Array.from({ length: 8 }, async (_, writer) => {
        for (let count = 0; !isDead; count += 1) {
          const key = `midway/${writer}`;
          await storage.set(key, count).then(
            () => acknowledged.set(key, count),
            () => undefined,
          );
        }
      });
      await waitUntil('every writer has written', () => acknowledged.size === 8);
      await server().kill();
      isDead = true;
      await Promise.all(writing);
      await server().start();
      await waitUntil('the store works again', () =>
        storage.keys('midway/').then(
          (keys) => keys.length === 8,
          () => false,
        ),
      );
      for (const [key, count] of acknowledged) {
        // The write under way when the server died may have been done, and its answer lost.
        expect([count, count + 1]).toContain(await storage.get(key, number));
      }
    });
  });
}
