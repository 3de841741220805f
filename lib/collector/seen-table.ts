import type { AlertKey } from './alert-key.js';

/** What is kept of one delivered alert. */
export interface SeenEntry extends AlertKey {
  readonly fingerprint: number;
  /** The hour of its startTime, counted from 1970. */
  readonly hour: number;
}

/** Hours are kept modulo 2^16, 7.5 years: far more than any lookback, so that order is still known. */
const HOUR_MASK = 0xffff;

const BUCKETS = 8192;
/** An alert's place: key, fingerprint (32 bits each) and hour (16 bits). */
const ENTRY_WORDS = 3;
const ENTRIES = 16;
/** A page: the next page of its bucket, how many entries it holds, the entries, their hours. */
const NEXT = 0;
const COUNT = 1;
const FIRST_ENTRY = 2;
const FIRST_HOUR = (FIRST_ENTRY + ENTRIES * ENTRY_WORDS) * 2;
const PAGE_WORDS = FIRST_ENTRY + ENTRIES * ENTRY_WORDS + ENTRIES / 2;
const PAGES_A_CHUNK = 256;
const NONE = 0;

interface Chunk {
  readonly words: Uint32Array;
  /** The same memory. */
  readonly hours: Uint16Array;
}

/**
 * Delivered alerts in 14.5 bytes each and a little slack. They lie in pages that never move and are taken again when they
 * are empty: memory that grows by copying leaves several times its size behind for the garbage collector.
 */
export class SeenTable {
  /** The page that each bucket begins with; only that one may have room. */
  readonly #heads = new Uint32Array(BUCKETS);
  readonly #chunks: Chunk[] = [];
  readonly #free: number[] = [];
  /** Page 0 stands for none. */
  #pages = 1;
  #size = 0;

  /** How many alerts are kept. */
  get size(): number {
    return this.#size;
  }

  /** The memory that has been taken for them. */
  get bytes(): number {
    return this.#chunks.length * PAGES_A_CHUNK * PAGE_WORDS * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** The alert's fingerprint, or undefined when it isn't kept. */
  find(key: AlertKey): number | undefined {
    const { high, low } = key;
    for (let page = this.#heads[bucketOf(key)] as number; page !== NONE; ) {
      const { words } = this.#chunkOf(page);
      const start = startOf(page);
      const at = search(words, start, high, low);
      if (at !== -1) return words[at + 2];
      page = words[start + NEXT] as number;
    }
    return undefined;
  }

  /** Keeps the alert, or replaces what is kept of it. */
  put(entry: SeenEntry): void {
    const bucket = bucketOf(entry);
    for (let page = this.#heads[bucket] as number; page !== NONE; ) {
      const chunk = this.#chunkOf(page);
      const start = startOf(page);
      const at = search(chunk.words, start, entry.high, entry.low);
      if (at !== -1) {
        write(chunk, start, (at - start - FIRST_ENTRY) / ENTRY_WORDS, entry);
        return;
      }
      page = chunk.words[start + NEXT] as number;
    }
    this.#append(bucket, entry);
  }

  /** Forgets the alerts whose hour is before `hour`. */
  forgetBefore(hour: number): void {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      if (!this.#hasBefore(bucket, hour)) continue;
      const kept = this.#entriesOf(bucket).filter((entry) => !isBefore(entry.hour, hour));
      this.#empty(bucket);
      for (const entry of kept) this.#append(bucket, entry);
    }
  }

  #append(bucket: number, entry: SeenEntry): void {
    const page = this.#pageWithRoom(bucket);
    const chunk = this.#chunkOf(page);
    const start = startOf(page);
    const count = chunk.words[start + COUNT] as number;
    write(chunk, start, count, entry);
    chunk.words[start + COUNT] = count + 1;
    this.#size += 1;
  }

  #pageWithRoom(bucket: number): number {
    const head = this.#heads[bucket] as number;
    if (head !== NONE && (this.#chunkOf(head).words[startOf(head) + COUNT] as number) < ENTRIES) return head;
    const page = this.#free.pop() ?? this.#pages++;
    if (page >>> 8 === this.#chunks.length) this.#chunks.push(newChunk());
    const { words } = this.#chunkOf(page);
    words[startOf(page) + NEXT] = head;
    words[startOf(page) + COUNT] = 0;
    this.#heads[bucket] = page;
    return page;
  }

  #hasBefore(bucket: number, hour: number): boolean {
    for (let page = this.#heads[bucket] as number; page !== NONE; ) {
      const { words, hours } = this.#chunkOf(page);
      const start = startOf(page);
      const first = start * 2 + FIRST_HOUR;
      const end = first + (words[start + COUNT] as number);
      for (let at = first; at < end; at++) if (isBefore(hours[at] as number, hour)) return true;
      page = words[start + NEXT] as number;
    }
    return false;
  }

  #entriesOf(bucket: number): SeenEntry[] {
    const entries: SeenEntry[] = [];
    for (let page = this.#heads[bucket] as number; page !== NONE; ) {
      const chunk = this.#chunkOf(page);
      const start = startOf(page);
      const count = chunk.words[start + COUNT] as number;
      for (let index = 0; index < count; index++) entries.push(read(chunk, start, index));
      page = chunk.words[start + NEXT] as number;
    }
    return entries;
  }

  #empty(bucket: number): void {
    for (let page = this.#heads[bucket] as number; page !== NONE; ) {
      const { words } = this.#chunkOf(page);
      this.#free.push(page);
      this.#size -= words[startOf(page) + COUNT] as number;
      page = words[startOf(page) + NEXT] as number;
    }
    this.#heads[bucket] = NONE;
  }

  #chunkOf(page: number): Chunk {
    return this.#chunks[page >>> 8] as Chunk;
  }
}

function newChunk(): Chunk {
  const words = new Uint32Array(PAGES_A_CHUNK * PAGE_WORDS);
  return { words, hours: new Uint16Array(words.buffer) };
}

/** Where the page begins in its chunk, in words. */
function startOf(page: number): number {
  return (page & (PAGES_A_CHUNK - 1)) * PAGE_WORDS;
}

function bucketOf({ high, low }: AlertKey): number {
  return Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1) >>> 19;
}

/** The word at which the page has the key; -1 when it has not. */
function search(words: Uint32Array, start: number, high: number, low: number): number {
  const first = start + FIRST_ENTRY;
  const end = first + (words[start + COUNT] as number) * ENTRY_WORDS;
  for (let at = first; at < end; at += ENTRY_WORDS) if (words[at + 1] === low && words[at] === high) return at;
  return -1;
}

function write({ words, hours }: Chunk, start: number, index: number, entry: SeenEntry): void {
  const at = start + FIRST_ENTRY + index * ENTRY_WORDS;
  words[at] = entry.high;
  words[at + 1] = entry.low;
  words[at + 2] = entry.fingerprint;
  hours[start * 2 + FIRST_HOUR + index] = entry.hour & HOUR_MASK;
}

function read({ words, hours }: Chunk, start: number, index: number): SeenEntry {
  const at = start + FIRST_ENTRY + index * ENTRY_WORDS;
  return {
    high: words[at] as number,
    low: words[at + 1] as number,
    fingerprint: words[at + 2] as number,
    hour: hours[start * 2 + FIRST_HOUR + index] as number,
  };
}

/** Order of two hours of which only 16 bits are kept of the first: right while they are less than 3.7 years apart. */
function isBefore(kept: number, hour: number): boolean {
  const distance = (kept - (hour & HOUR_MASK)) & HOUR_MASK;
  return distance > HOUR_MASK >>> 1;
}
