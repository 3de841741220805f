import { describe, expect, it } from '@jest/globals';
import { LeaseLostError, StorageError } from '@sekoia/automation-sdk-ts';
import { holdLease } from '../../../lib/automation-sdk-ts/src/lease/hold-lease.js';
import type { LeaseStore } from '../../../lib/automation-sdk-ts/src/lease/lease-store.js';
import { MemoryLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/memory-lease-store.js';
import type { HeldLease } from '../../../lib/automation-sdk-ts/src/lease/renewed-lease.js';
import { SteppedClock } from '../../helpers/stepped-clock.js';

const identity = 'a configuration';
const never = new AbortController().signal;

/** A store that can be broken, and answers when the test lets it. */
class BreakableLeases implements LeaseStore {
  readonly #leases: LeaseStore;
  isBroken = false;
  answer: Promise<unknown> = Promise.resolve();

  constructor(leases: LeaseStore) {
    this.#leases = leases;
  }

  async acquire(...lease: [string, string, number]): Promise<boolean> {
    return await this.#ask(() => this.#leases.acquire(...lease));
  }

  async renew(...lease: [string, string, number]): Promise<boolean> {
    return await this.#ask(() => this.#leases.renew(...lease));
  }

  async release(...lease: [string, string]): Promise<void> {
    await this.#ask(() => this.#leases.release(...lease));
  }

  async #ask<T>(step: () => Promise<T>): Promise<T> {
    if (this.isBroken) throw new StorageError('state_store_failed', 'Broken.');
    const result = await step();
    await this.answer;
    return result;
  }
}

function stage() {
  const clock = new SteppedClock();
  const store = new BreakableLeases(new MemoryLeaseStore(clock));
  const hold = async (): Promise<HeldLease> => {
    const lease = await holdLease({ store, identity, clock, signal: never });
    if (lease === undefined) throw new Error('No lease.');
    return lease;
  };
  return { clock, store, hold };
}

describe('holding a lease', () => {
  it('holds it for hours, and lets it go at once when it is released', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    for (let minute = 0; minute < 180; minute += 1) {
      await clock.advance(60_000);
      lease.assertHeld();
    }
    expect(await store.acquire(identity, 'other', 30_000)).toBe(false);
    await lease.release();
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    expect(lease.lost.aborted).toBe(false);
    expect(await store.acquire(identity, 'other', 30_000)).toBe(true);
    expect(clock.sleepers).toBe(0);
  });

  it('waits for another holder, says so once, and takes over within 60 s of its last renewal', async () => {
    const { clock, store } = stage();
    await store.acquire(identity, 'other', 30_000);
    let said = 0;
    let lease: HeldLease | undefined;
    const onWaiting = () => {
      said += 1;
    };
    const holding = holdLease({ store, identity, clock, signal: never, onWaiting }).then((held) => {
      lease = held;
    });
    for (let seconds = 0; seconds < 60; seconds += 10) {
      await clock.advance(10_000);
      expect(await store.renew(identity, 'other', 30_000)).toBe(true);
      expect(lease).toBeUndefined();
    }
    const diedAt = clock.monotonic();
    while (lease === undefined) await clock.advance(1_000);
    await holding;
    expect(clock.monotonic() - diedAt).toBeLessThanOrEqual(33_000);
    expect(said).toBe(1);
    lease.assertHeld();
    await lease.release();
  });

  it('stops waiting when it is told to', async () => {
    const { clock, store } = stage();
    await store.acquire(identity, 'other', 600_000);
    const stop = new AbortController();
    const holding = holdLease({ store, identity, clock, signal: stop.signal });
    await clock.advance(10_000);
    stop.abort();
    expect(await holding).toBeUndefined();
    expect(clock.sleepers).toBe(0);
  });

  it('is lost at once in a process that wakes up after two minutes, before any timer has run', async () => {
    const { clock, hold } = stage();
    const lease = await hold();
    await clock.advance(5_000);
    lease.assertHeld();
    clock.freeze(120_000);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    expect(lease.lost.aborted).toBe(true);
    expect(lease.lost.reason).toBeInstanceOf(LeaseLostError);
    await clock.advance(60_000);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  it('can be taken again after it was lost', async () => {
    const { clock, hold } = stage();
    const first = await hold();
    clock.freeze(120_000);
    expect(() => first.assertHeld()).toThrow(LeaseLostError);
    const second = await hold();
    second.assertHeld();
    expect(() => first.assertHeld()).toThrow(LeaseLostError);
    await second.release();
  });

  it('counts its time from before the request, so that a slow answer does not lengthen it', async () => {
    const { clock, store, hold } = stage();
    let answer = () => {};
    store.answer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const holding = hold();
    await clock.advance(9_000);
    answer();
    const lease = await holding;
    store.isBroken = true;
    await clock.advance(20_999);
    lease.assertHeld();
    await clock.advance(1);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  it('takes an acquisition that was answered too late for none', async () => {
    const { clock, store, hold } = stage();
    let answer = () => {};
    store.answer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const holding = hold();
    await clock.advance(31_000);
    answer();
    const lease = await holding;
    await clock.advance(29_000);
    lease.assertHeld();
    await lease.release();
  });

  it('survives a store that fails for less than its time', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    await clock.advance(9_000);
    store.isBroken = true;
    await clock.advance(18_000);
    lease.assertHeld();
    store.isBroken = false;
    await clock.advance(60_000);
    lease.assertHeld();
    await lease.release();
  });

  it('is lost, with the reason as its cause, when the store fails for longer', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    store.isBroken = true;
    await clock.advance(29_999);
    expect(lease.lost.aborted).toBe(false);
    await clock.advance(1);
    expect(lease.lost.aborted).toBe(true);
    expect((lease.lost.reason as LeaseLostError).cause).toBeInstanceOf(StorageError);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  it('says that it is lost in time although a renewal hangs, and does not trust the late answer', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    let answer = () => {};
    store.answer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await clock.advance(30_000);
    expect(lease.lost.aborted).toBe(true);
    answer();
    await clock.advance(1);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    // The late renewal is given back, so that nobody waits for it.
    expect(await store.acquire(identity, 'other', 30_000)).toBe(true);
  });

  it('is lost when another process has taken it', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    clock.freeze(31_000);
    expect(await store.acquire(identity, 'other', 30_000)).toBe(true);
    await clock.advance(10_000);
    expect(lease.lost.aborted).toBe(true);
    expect(await store.renew(identity, 'other', 30_000)).toBe(true);
  });

  it('does not hold up the stop when the store hangs', async () => {
    const { clock, store, hold } = stage();
    const lease = await hold();
    store.answer = new Promise(() => {});
    let isReleased = false;
    const releasing = lease.release().then(() => {
      isReleased = true;
    });
    await clock.advance(1_999);
    expect(isReleased).toBe(false);
    await clock.advance(1);
    await releasing;
    expect(isReleased).toBe(true);
  });

  it('passes on the failure of the store when it can not be taken', async () => {
    const { clock, store } = stage();
    store.isBroken = true;
    await expect(holdLease({ store, identity, clock, signal: never })).rejects.toThrow(StorageError);
  });
});
