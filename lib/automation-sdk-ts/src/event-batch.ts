import { Buffer } from 'node:buffer';

/** The largest request body the intake takes, in bytes, uncompressed. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Room for the intake key and the frame around the events. */
const FRAME_BYTES = 4096;
/** More than 1,000 usual ECS events need: memory that is never written to is never taken, and each growth would copy. */
const FIRST_CAPACITY = 4 * 1024 * 1024;
const FIRST_EVENTS = 64;
const NOTHING = Buffer.alloc(0);
const COMMA = 0x2c;
const QUOTE = 0x22;

/** An event's JSON text that writes itself, escaped as the inside of a JSON string is. */
export interface EscapedText {
  /** It takes at most so many bytes. */
  readonly maxBytes: number;
  /** Writes the text at `at`; answers where it ends. */
  writeTo(target: Buffer, at: number): number;
}

/**
 * Events on their way to the intake. Each is written once, as the JSON string that the request's body holds; the batch is its
 * bytes.
 */
export class EventBatch {
  #bytes: Buffer = NOTHING;
  #size = 0;
  /** Where each event ends. */
  #ends = new Uint32Array(0);
  #count = 0;

  /** How many events it holds. */
  get count(): number {
    return this.#count;
  }

  /** The events as they stand in the body: JSON strings, separated by commas. */
  get body(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  /**
   * Adds an event, given as its JSON text. False, and nothing is added, when the body would grow beyond what the intake
   * takes; an empty batch takes any event.
   */
  add(json: string | EscapedText): boolean {
    return typeof json === 'string' ? this.#addText(JSON.stringify(json)) : this.#addEscaped(json);
  }

  #addText(quoted: string): boolean {
    // Three bytes at most for each UTF-16 unit; the exact count only matters near the limit.
    let needed = quoted.length * 3 + 1;
    if (!this.#hasRoom(needed)) {
      needed = Buffer.byteLength(quoted) + 1;
      if (!this.#hasRoom(needed)) return false;
    }
    this.#begin(needed);
    this.#size += this.#bytes.write(quoted, this.#size, 'utf8');
    this.#end();
    return true;
  }

  #addEscaped(text: EscapedText): boolean {
    const needed = text.maxBytes + 3;
    if (!this.#hasRoom(needed)) return false;
    this.#begin(needed);
    this.#bytes[this.#size] = QUOTE;
    this.#size = text.writeTo(this.#bytes, this.#size + 1);
    this.#bytes[this.#size++] = QUOTE;
    this.#end();
    return true;
  }

  #hasRoom(bytes: number): boolean {
    return this.count === 0 || this.#size + bytes <= MAX_BODY_BYTES - FRAME_BYTES;
  }

  #begin(bytes: number): void {
    this.#makeRoom(bytes);
    if (this.count > 0) this.#bytes[this.#size++] = COMMA;
  }

  #end(): void {
    if (this.#count === this.#ends.length) {
      const more = new Uint32Array(Math.max(FIRST_EVENTS, this.#count * 2));
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#ends[this.#count++] = this.#size;
  }

  /** Empties it, so that other events take the same memory. */
  clear(): void {
    this.#size = 0;
    this.#count = 0;
  }

  /** The text of one event, as it was added. */
  json(index: number): string {
    return JSON.parse(this.#bytes.toString('utf8', this.#startOf(index), this.#ends[index])) as string;
  }

  /** The events `from` to before `to`, as a batch of their own that shares these bytes: good until this one is emptied. */
  slice(from: number, to: number): EventBatch {
    const start = this.#startOf(from);
    const part = new EventBatch();
    part.#bytes = this.#bytes.subarray(start, to === from ? start : this.#ends[to - 1]);
    part.#size = part.#bytes.length;
    part.#ends = this.#ends.subarray(from, to).map((end) => end - start);
    part.#count = to - from;
    return part;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number) + 1;
  }

  #makeRoom(bytes: number): void {
    const wanted = this.#size + bytes;
    if (wanted <= this.#bytes.length) return;
    // By half, since what is taken is kept for the batches that follow; and not beyond what a batch can come to hold.
    const grown = Math.min(Math.max(FIRST_CAPACITY, Math.ceil(this.#bytes.length * 1.5)), MAX_BODY_BYTES);
    const larger = Buffer.allocUnsafe(Math.max(wanted, grown));
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
