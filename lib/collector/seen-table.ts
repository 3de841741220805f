import type { AlertKey } from './alert-key.js';

/** What is kept of one delivered alert. */
export interface SeenEntry extends AlertKey {
  readonly fingerprint: number;
  /** The hour of its startTime, counted from 1970. */
  readonly hour: number;
}

const PARTITIONS = 1024;
const WORDS = 3;
const BYTES = WORDS * Uint32Array.BYTES_PER_ELEMENT + Uint16Array.BYTES_PER_ELEMENT;
/** Hours are kept modulo 2^16, 7.5 years: far more than any lookback, so that order is still known. */
const HOUR_MASK = 0xffff;

interface Partition {
  /** Three words an entry, sorted: high and low half of the key, fingerprint. */
  words: Uint32Array;
  hours: Uint16Array;
  size: number;
}

/** Delivered alerts in 14 bytes each and a little slack: 1024 sorted runs, so that an insertion moves a few kilobytes. */
export class SeenTable {
  readonly #partitions: (Partition | undefined)[] = new Array(PARTITIONS);
  #size = 0;

  /** How many alerts are kept. */
  get size(): number {
    return this.#size;
  }

  /** The memory that they take, slack included. */
  get bytes(): number {
    return this.#partitions.reduce((sum, partition) => sum + (partition?.hours.length ?? 0) * BYTES, 0);
  }

  /** The alert's fingerprint, or undefined when it isn't kept. */
  find(key: AlertKey): number | undefined {
    const partition = this.#partitions[partitionOf(key)];
    if (partition === undefined) return undefined;
    const at = search(partition, key);
    return holds(partition, at, key) ? partition.words[at * WORDS + 2] : undefined;
  }

  /** Keeps the alert, or replaces what is kept of it. */
  put(entry: SeenEntry): void {
    const index = partitionOf(entry);
    let partition = this.#partitions[index];
    if (partition === undefined) {
      partition = { words: new Uint32Array(4 * WORDS), hours: new Uint16Array(4), size: 0 };
      this.#partitions[index] = partition;
    }
    const at = search(partition, entry);
    if (!holds(partition, at, entry)) {
      makeRoom(partition, at);
      this.#size += 1;
    }
    partition.words[at * WORDS] = entry.high;
    partition.words[at * WORDS + 1] = entry.low;
    partition.words[at * WORDS + 2] = entry.fingerprint;
    partition.hours[at] = entry.hour & HOUR_MASK;
  }

  /** Forgets the alerts whose hour is before `hour`. */
  forgetBefore(hour: number): void {
    for (const partition of this.#partitions) {
      if (partition === undefined) continue;
      let kept = 0;
      for (let at = 0; at < partition.size; at++) {
        if (isBefore(partition.hours[at] ?? 0, hour)) continue;
        if (kept !== at) {
          partition.words.copyWithin(kept * WORDS, at * WORDS, (at + 1) * WORDS);
          partition.hours[kept] = partition.hours[at] ?? 0;
        }
        kept += 1;
      }
      this.#size -= partition.size - kept;
      partition.size = kept;
      if (kept < partition.hours.length / 2) resize(partition, slack(kept));
    }
  }
}

function partitionOf({ high, low }: AlertKey): number {
  return Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1) >>> 22;
}

/** The place of the first entry that is not below the key. */
function search({ words, size }: Partition, { high, low }: AlertKey): number {
  let from = 0;
  let to = size;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const word = words[middle * WORDS] ?? 0;
    if (word < high || (word === high && (words[middle * WORDS + 1] ?? 0) < low)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function holds({ words, size }: Partition, at: number, { high, low }: AlertKey): boolean {
  return at < size && words[at * WORDS] === high && words[at * WORDS + 1] === low;
}

function makeRoom(partition: Partition, at: number): void {
  if (partition.size === partition.hours.length) resize(partition, slack(partition.size));
  partition.words.copyWithin((at + 1) * WORDS, at * WORDS, partition.size * WORDS);
  partition.hours.copyWithin(at + 1, at, partition.size);
  partition.size += 1;
}

/** A sixteenth more than needed: a million alerts then stay below 16 bytes each. */
function slack(size: number): number {
  return size + (size >>> 4) + 2;
}

function resize(partition: Partition, capacity: number): void {
  const words = new Uint32Array(capacity * WORDS);
  words.set(partition.words.subarray(0, partition.size * WORDS));
  const hours = new Uint16Array(capacity);
  hours.set(partition.hours.subarray(0, partition.size));
  partition.words = words;
  partition.hours = hours;
}

/** Order of two hours of which only 16 bits are kept of the first: right while they are less than 3.7 years apart. */
function isBefore(kept: number, hour: number): boolean {
  const distance = (kept - (hour & HOUR_MASK)) & HOUR_MASK;
  return distance > HOUR_MASK >>> 1;
}
