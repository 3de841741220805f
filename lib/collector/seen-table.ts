import type { AlertKey } from './alert-key.js';

/** What is kept of one delivered alert. */
export interface SeenEntry extends AlertKey {
  readonly fingerprint: number;
  /** The hour of its startTime, counted from 1970. */
  readonly hour: number;
}

const BUCKET_BITS = 13;
const BUCKETS = 2 ** BUCKET_BITS;
/** Hours are kept modulo 2^16, 7.5 years: far more than any lookback, so that order is still known. */
const HOUR_BITS = 16;
const HOUR_MASK = 2 ** HOUR_BITS - 1;

/**
 * An entry is three words: the key's higher word with what there is room for of the hour, what the bucket does not say of the
 * lower word with the rest of the hour, and the fingerprint.
 */
const ENTRY_WORDS = 3;
const LOW = 1;
const FINGERPRINT = 2;
const LOW_HOUR_BITS = BUCKET_BITS;
const LOW_HOUR_MASK = 2 ** LOW_HOUR_BITS - 1;
const HIGH_HOUR_BITS = HOUR_BITS - LOW_HOUR_BITS;
const HIGH_HOUR_MASK = 2 ** HIGH_HOUR_BITS - 1;
const HIGH_BITS = 32 - HIGH_HOUR_BITS;

/** A page: where the next page of its bucket begins, how many entries it holds, the entries. */
const NEXT = 0;
const COUNT = 1;
const FIRST_ENTRY = 2;
const ENTRIES = 16;
const PAGE_WORDS = FIRST_ENTRY + ENTRIES * ENTRY_WORDS;
const NONE = 0;
/** The memory grows by so much at a time. */
const MORE_BYTES = 256 * PAGE_WORDS * Uint32Array.BYTES_PER_ELEMENT;
/** And to so much, enough for 80 million alerts: address space, which takes nothing until it is written to. */
const MOST_BYTES = 2 ** 30;

/** A key as the table knows it. */
interface Place {
  readonly bucket: number;
  readonly high: number;
  /** What the bucket does not say of the lower word. */
  readonly low: number;
}

/**
 * Delivered alerts in 12.5 bytes each and a little slack. They lie in pages that never move and are taken again when they are
 * empty, in one memory that grows where it is: growing by a copy takes twice as much for a moment, and pieces of their own would
 * lie scattered among what others allocate and free.
 */
export class SeenTable {
  /** The word at which the first page of each bucket begins; only that page may have room. */
  readonly #heads = new Uint32Array(BUCKETS);
  readonly #memory = new ArrayBuffer(0, { maxByteLength: MOST_BYTES });
  readonly #words = new Uint32Array(this.#memory);
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
    const at = this.#search(placeOf(key));
    return at === NONE ? undefined : this.#words[at + FINGERPRINT];
  }

  /** Keeps the alert, or replaces what is kept of it. */
  put(entry: SeenEntry): void {
    const place = placeOf(entry);
    const hour = entry.hour & HOUR_MASK;
    const found = this.#search(place);
    const at = found === NONE ? this.#add(place.bucket) : found;
    this.#words[at] = (place.high << HIGH_HOUR_BITS) | (hour >>> LOW_HOUR_BITS);
    this.#words[at + LOW] = (place.low << LOW_HOUR_BITS) | (hour & LOW_HOUR_MASK);
    this.#words[at + FINGERPRINT] = entry.fingerprint;
  }

  /** Forgets the alerts whose hour is before `hour`. */
  forgetBefore(hour: number): void {
    const words = this.#words;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
        for (let at = page + FIRST_ENTRY; at < endOf(page, words); ) {
          // What takes its place is looked at next.
          if (isBefore(hourAt(at, words), hour)) this.#remove(bucket, at);
          else at += ENTRY_WORDS;
        }
      }
    }
  }

  /** The word at which the entry begins; NONE when there is none. */
  #search({ bucket, high, low }: Place): number {
    const words = this.#words;
    for (let page = this.#heads[bucket] as number; page !== NONE; page = words[page + NEXT] as number) {
      const end = endOf(page, words);
      for (let at = page + FIRST_ENTRY; at < end; at += ENTRY_WORDS) {
        const isFound =
          (words[at + LOW] as number) >>> LOW_HOUR_BITS === low && (words[at] as number) >>> HIGH_HOUR_BITS === high;
        if (isFound) return at;
      }
    }
    return NONE;
  }

  /** Makes room for an entry; answers the word at which it begins. */
  #add(bucket: number): number {
    const words = this.#words;
    let page = this.#heads[bucket] as number;
    if (page === NONE || words[page + COUNT] === ENTRIES) {
      page = this.#free.pop() ?? this.#newPage();
      words[page + NEXT] = this.#heads[bucket] as number;
      words[page + COUNT] = 0;
      this.#heads[bucket] = page;
    }
    const at = endOf(page, words);
    words[page + COUNT] = (words[page + COUNT] as number) + 1;
    this.#size += 1;
    return at;
  }

  #newPage(): number {
    const page = this.#end;
    if (page + PAGE_WORDS > this.#words.length) this.#memory.resize(this.bytes + MORE_BYTES);
    this.#end = page + PAGE_WORDS;
    return page;
  }

  /** Puts the last entry of the bucket's first page in the place of the one that is removed. */
  #remove(bucket: number, at: number): void {
    const words = this.#words;
    const page = this.#heads[bucket] as number;
    const end = endOf(page, words);
    words.copyWithin(at, end - ENTRY_WORDS, end);
    words[page + COUNT] = (words[page + COUNT] as number) - 1;
    this.#size -= 1;
    if (words[page + COUNT] !== 0) return;
    this.#heads[bucket] = words[page + NEXT] as number;
    this.#free.push(page);
  }
}

/**
 * Nothing of a key is lost but three of the 63 bits of a hash: the higher word of a number up to 2^53 has 21 bits, and bucket and
 * rest together are the lower word, mixed in a way that can be undone.
 */
function placeOf({ high, low }: AlertKey): Place {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  return {
    bucket: mixed >>> (32 - BUCKET_BITS),
    high: ((high >>> 31) << (HIGH_BITS - 1)) | (high & (2 ** (HIGH_BITS - 1) - 1)),
    low: mixed & (2 ** (32 - BUCKET_BITS) - 1),
  };
}

/** The word behind the last entry of the page. */
function endOf(page: number, words: Uint32Array): number {
  return page + FIRST_ENTRY + (words[page + COUNT] as number) * ENTRY_WORDS;
}

function hourAt(entry: number, words: Uint32Array): number {
  const [high, low] = [words[entry] as number, words[entry + LOW] as number];
  return ((high & HIGH_HOUR_MASK) << LOW_HOUR_BITS) | (low & LOW_HOUR_MASK);
}

/** Order of two hours of which only 16 bits are kept of the first: right while they are less than 3.7 years apart. */
function isBefore(kept: number, hour: number): boolean {
  const distance = (kept - (hour & HOUR_MASK)) & HOUR_MASK;
  return distance > HOUR_MASK >>> 1;
}
