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
/** A page: where the next page of its bucket begins, how many entries it holds, the entries, their hours. */
const NEXT = 0;
const COUNT = 1;
const FIRST_ENTRY = 2;
const FIRST_HOUR = (FIRST_ENTRY + ENTRIES * ENTRY_WORDS) * 2;
const PAGE_WORDS = FIRST_ENTRY + ENTRIES * ENTRY_WORDS + ENTRIES / 2;
const PAGE_BYTES = PAGE_WORDS * Uint32Array.BYTES_PER_ELEMENT;
/** The memory grows by so much at a time. */
const MORE_BYTES = 256 * PAGE_BYTES;
/** And to so much, enough for 70 million alerts: address space, which takes nothing until it is written to. */
const MOST_BYTES = 2 ** 30;
const NONE = 0;

/**
 * Delivered alerts in 14.5 bytes each and a little slack. They lie in pages that never move and are taken again when they are
 * empty, in one memory that grows where it is: growing by a copy takes twice as much for a moment, and pieces of their own would
 * lie scattered among what others allocate and free.
 */
export class SeenTable {
  /** The word at which the first page of each bucket begins; only that page may have room. */
  readonly #heads = new Uint32Array(BUCKETS);
  readonly #memory = new ArrayBuffer(0, { maxByteLength: MOST_BYTES });
  readonly #words = new Uint32Array(this.#memory);
  /** The same memory. */
  readonly #hours = new Uint16Array(this.#memory);
  readonly #free: number[] = [];
  /** The first word that no page has taken yet; no page begins at word 0, which stands for none. */
  #end = PAGE_WORDS;
  #size = 0;

  /** How many alerts are kept. */
  get size(): number {
    return this.#size;
  }

  /** The memory that has been taken for them. */
  get bytes(): number {
    return this.#memory.byteLength;
  }

  /** The alert's fingerprint, or undefined when it isn't kept. */
  find(key: AlertKey): number | undefined {
    const { high, low } = key;
    const words = this.#words;
    for (let page = this.#heads[bucketOf(key)] as number; page !== NONE; page = words[page + NEXT] as number) {
      const at = search(words, page, high, low);
      if (at !== -1) return words[at + 2];
    }
    return undefined;
  }

  /** Keeps the alert, or replaces what is kept of it. */
  put(entry: SeenEntry): void {
    const { high, low } = entry;
    const words = this.#words;
    const bucket = bucketOf(entry);
    for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
      const at = search(words, page, high, low);
      if (at !== -1) {
        this.#write(page, (at - page - FIRST_ENTRY) / ENTRY_WORDS, entry);
        return;
      }
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
    const count = this.#words[page + COUNT] as number;
    this.#write(page, count, entry);
    this.#words[page + COUNT] = count + 1;
    this.#size += 1;
  }

  #pageWithRoom(bucket: number): number {
    const head = this.#heads[bucket] as number;
    if (head !== NONE && (this.#words[head + COUNT] as number) < ENTRIES) return head;
    const page = this.#free.pop() ?? this.#newPage();
    this.#words[page + NEXT] = head;
    this.#words[page + COUNT] = 0;
    this.#heads[bucket] = page;
    return page;
  }

  #newPage(): number {
    const page = this.#end;
    this.#end += PAGE_WORDS;
    if (this.#end > this.#words.length) this.#memory.resize(this.bytes + MORE_BYTES);
    return page;
  }

  #hasBefore(bucket: number, hour: number): boolean {
    const words = this.#words;
    for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
      const first = page * 2 + FIRST_HOUR;
      const end = first + (words[page + COUNT] as number);
      for (let at = first; at < end; at++) if (isBefore(this.#hours[at] as number, hour)) return true;
    }
    return false;
  }

  #entriesOf(bucket: number): SeenEntry[] {
    const words = this.#words;
    const entries: SeenEntry[] = [];
    for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
      const count = words[page + COUNT] as number;
      for (let index = 0; index < count; index++) entries.push(this.#read(page, index));
    }
    return entries;
  }

  #empty(bucket: number): void {
    const words = this.#words;
    for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
      this.#free.push(page);
      this.#size -= words[page + COUNT] as number;
    }
    this.#heads[bucket] = NONE;
  }

  #write(page: number, index: number, entry: SeenEntry): void {
    const at = page + FIRST_ENTRY + index * ENTRY_WORDS;
    this.#words[at] = entry.high;
    this.#words[at + 1] = entry.low;
    this.#words[at + 2] = entry.fingerprint;
    this.#hours[page * 2 + FIRST_HOUR + index] = entry.hour & HOUR_MASK;
  }

  #read(page: number, index: number): SeenEntry {
    const at = page + FIRST_ENTRY + index * ENTRY_WORDS;
    return {
      high: this.#words[at] as number,
      low: this.#words[at + 1] as number,
      fingerprint: this.#words[at + 2] as number,
      hour: this.#hours[page * 2 + FIRST_HOUR + index] as number,
    };
  }
}

function bucketOf({ high, low }: AlertKey): number {
  return Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1) >>> 19;
}

/** The word at which the page has the key; -1 when it has not. */
function search(words: Uint32Array, page: number, high: number, low: number): number {
  const first = page + FIRST_ENTRY;
  const end = first + (words[page + COUNT] as number) * ENTRY_WORDS;
  for (let at = first; at < end; at += ENTRY_WORDS) if (words[at + 1] === low && words[at] === high) return at;
  return -1;
}

/** Order of two hours of which only 16 bits are kept of the first: right while they are less than 3.7 years apart. */
function isBefore(kept: number, hour: number): boolean {
  const distance = (kept - (hour & HOUR_MASK)) & HOUR_MASK;
  return distance > HOUR_MASK >>> 1;
}
