import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll } from '@jest/globals';
import type { Clock } from '@sekoia/automation-sdk-ts';
import { type IdleWatch, watchIdle } from './idle-process.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it; what sleeps on it wakes in the order of its times. */
export class SteppedClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  readonly #idle: () => Promise<void>;
  #now: number;
  #monotonic = 0;

  /** `idle` resolves when what has been woken can do no more without the clock; without it, the network has 2 ms. */
  constructor(now = Date.UTC(2026, 0, 31, 9, 30), idle = (): Promise<void> => delay(2)) {
    this.#now = now;
    this.#idle = idle;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = {
        at: this.#monotonic + Math.max(ms, 0),
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake);
    });
  }

  /** How much sleeps on the clock. */
  get sleepers(): number {
    return this.#sleepers.size;
  }

  /** Moves the clock by `ms`, waking on the way what sleeps no longer; what is woken has run when it resolves, network aside. */
  async advance(ms: number): Promise<void> {
    const target = this.#monotonic + ms;
    await settle();
    for (let next = this.#earliest(); next !== undefined && next.at <= target; next = this.#earliest()) {
      this.#move(next.at);
      next.wake();
      await settle();
    }
    this.#move(target);
    await settle();
  }

  /** Moves the clock from one sleeper to the next, with time for the network between them, until the condition holds. */
  async runUntil(what: string, condition: () => boolean, withinMs: number, realMs = 20_000): Promise<void> {
    const target = this.#monotonic + withinMs;
    const giveUp = performance.now() + realMs;
    while (!condition()) {
      await this.#idle();
      if (condition()) return;
      const next = this.#earliest();
      if (performance.now() > giveUp) throw new Error(`Waited ${realMs} ms in vain: ${what}.`);
      if (next === undefined) continue;
      if (next.at > target) throw new Error(`Not within ${withinMs} ms of the stepped clock: ${what}.`);
      this.#move(next.at);
      next.wake();
      await settle();
    }
  }

  /** Time passes and nothing wakes meanwhile, as for a process that was frozen. */
  freeze(ms: number): void {
    this.#move(this.#monotonic + ms);
  }

  /** The wall clock is set to another time; what is measured or sleeps does not notice. */
  setWall(byMs: number): void {
    this.#now += byMs;
  }

  #earliest(): Sleeper | undefined {
    let earliest: Sleeper | undefined;
    for (const sleeper of this.#sleepers) if (earliest === undefined || sleeper.at < earliest.at) earliest = sleeper;
    return earliest;
  }

  #move(to: number): void {
    const step = Math.max(to - this.#monotonic, 0);
    this.#monotonic += step;
    this.#now += step;
  }
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await turn();
}

/** Makes clocks for the tests of a `describe`, which move on only when what they have woken has come to rest. */
export function steppedClocks(): () => SteppedClock {
  let watch: IdleWatch;
  beforeAll(() => {
    watch = watchIdle();
  });
  afterAll(() => watch.release());
  return () => new SteppedClock(undefined, watch.idle);
}
