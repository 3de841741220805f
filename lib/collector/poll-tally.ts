import type { DeliveryCounts } from './delivery-counts.js';

/** What is counted in the course of one poll. */
export interface PollTally extends DeliveryCounts {
  /** Pages read, in all readings. */
  pages: number;
  seen: number;
  fresh: number;
  changed: number;
  filtered: number;
  withoutDetails: number;
  /** How often each oddity was met. */
  readonly oddities: Map<string, number>;
}

/** An empty tally. */
export function newTally(): PollTally {
  return {
    pages: 0,
    seen: 0,
    fresh: 0,
    changed: 0,
    filtered: 0,
    withoutDetails: 0,
    newestStart: undefined,
    oddities: new Map(),
    forwarded: 0,
    unrecorded: 0,
    deadLetters: 0,
  };
}

/** Counts `count` alerts that are odd in this way. */
export function countOddity({ oddities }: PollTally, oddity: string, count = 1): void {
  oddities.set(oddity, (oddities.get(oddity) ?? 0) + count);
}
