import type { SeenEntry } from './seen-table.js';

/** Of an entry: key, fingerprint and hour, big-endian. */
const BYTES = 16;
const FIRST_CAPACITY = 64;

/**
 * Delivered alerts as they are stored, 16 bytes each. A batch of objects would live just long enough to be taken for old, and be
 * collected with the greater effort.
 */
export class SeenEntries {
  #view: DataView;
  #count = 0;

  /** `capacity` is how many it has room for; it grows when they are more. */
  constructor(capacity = FIRST_CAPACITY) {
    this.#view = new DataView(new ArrayBuffer(capacity * BYTES));
  }

  static of(entries: Iterable<SeenEntry>): SeenEntries {
    const all = new SeenEntries();
    for (const entry of entries) all.add(entry);
    return all;
  }

  /** Reads what `toBase64` wrote; what is left of a cut entry is passed over. */
  static fromBase64(text: string): SeenEntries {
    const bytes = Buffer.from(text, 'base64');
    const entries = new SeenEntries(0);
    entries.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    entries.#count = Math.floor(bytes.length / BYTES);
    return entries;
  }

  get count(): number {
    return this.#count;
  }

  add({ high, low, fingerprint, hour }: SeenEntry): void {
    const at = this.#count * BYTES;
    if (at + BYTES > this.#view.byteLength) this.#grow();
    this.#view.setUint32(at, high);
    this.#view.setUint32(at + 4, low);
    this.#view.setUint32(at + 8, fingerprint);
    this.#view.setUint32(at + 12, hour);
    this.#count += 1;
  }

  at(index: number): SeenEntry {
    const at = index * BYTES;
    return {
      high: this.#view.getUint32(at),
      low: this.#view.getUint32(at + 4),
      fingerprint: this.#view.getUint32(at + 8),
      hour: this.#view.getUint32(at + 12),
    };
  }

  *[Symbol.iterator](): Generator<SeenEntry> {
    for (let index = 0; index < this.#count; index++) yield this.at(index);
  }

  /** The entries `from` to before `to`, in the same memory: good until these are cleared. */
  slice(from: number, to: number): SeenEntries {
    const part = new SeenEntries(0);
    part.#view = new DataView(this.#view.buffer, this.#view.byteOffset + from * BYTES, (to - from) * BYTES);
    part.#count = to - from;
    return part;
  }

  /** Empties it, for others. */
  clear(): void {
    this.#count = 0;
  }

  toBase64(): string {
    return Buffer.from(this.#view.buffer, this.#view.byteOffset, this.#count * BYTES).toString('base64');
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(FIRST_CAPACITY, this.#count * 2) * BYTES);
    larger.set(new Uint8Array(this.#view.buffer, this.#view.byteOffset, this.#count * BYTES));
    this.#view = new DataView(larger.buffer);
  }
}
