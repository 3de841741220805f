const NOTHING = Buffer.alloc(0);
/** A slot has eight: a quarter of what it stands for. */
const BYTES_FOR_A_SLOT = 32;
/** Held by nothing, it would be compiled away. */
const weight: { slots: unknown } = { slots: undefined };

/** Memory for bodies that come one after another, each in pieces. It grows to the largest. */
export class BodyMemory {
  #bytes: Buffer = NOTHING;
  #length = 0;

  /** How many bytes have been added. */
  get length(): number {
    return this.#length;
  }

  /** What has been added: good until the memory is cleared for the next. */
  get body(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /**
   * Adds a copy of the piece; `expected` is how long the body will be, as far as is known. There is room for one that is a bit longer:
   * memory that is never written to is never taken, and the next body is rarely of the same length to the byte.
   */
  add(piece: Buffer, expected = 0): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.ceil(Math.max(needed, expected * 1.25, this.#bytes.length * 1.5)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    // The piece is garbage now, outside of V8's heap, where it brings a collection of the young generation no nearer: a hundred of
    // them, a page of 5,000 alerts, would wait. Something inside of the heap stands for it.
    weight.slots = new Array(Math.ceil(piece.length / BYTES_FOR_A_SLOT));
    this.#length += piece.copy(this.#bytes, this.#length);
  }
}
