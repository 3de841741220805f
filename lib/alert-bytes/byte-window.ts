import { compiled, memory } from './instance.js';

const START = compiled.windowStart.value;
const SIZE = compiled.windowBytes.value;
/** What is scanned goes in blocks of so many bytes. */
export const BLOCK = 64;

let windows = 0;
/** The number of the window whose bytes are in the memory: the window itself would keep its page for ever. */
let holder = 0;

/** Bytes as the compiled code can reach them: a part at a time, since all share one memory. */
export class ByteWindow {
  readonly bytes: Buffer;
  readonly #number = ++windows;
  #from = 0;
  #to = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The address of the byte at `start`, behind which lie those to before `end`, or as many as there is room for. */
  addressOf(start: number, end: number): number {
    if (holder !== this.#number || start < this.#from || end > this.#to) this.#load(start);
    return START + start - this.#from;
  }

  /** The position of an address. */
  positionOf(address: number): number {
    return address - START + this.#from;
  }

  /** The address behind the last byte that lies there. */
  get endAddress(): number {
    return START + this.#to - this.#from;
  }

  /** Whether these are the last of the bytes. */
  get isLast(): boolean {
    return this.#to === this.bytes.length;
  }

  #load(from: number): void {
    const to = Math.min(from + SIZE, this.bytes.length);
    this.bytes.copy(memory, START, from, to);
    memory.fill(0, START + to - from, START + to - from + BLOCK);
    this.#from = from;
    this.#to = to;
    holder = this.#number;
  }
}
