/** The longest part of a value that is kept for searching. */
const SEARCHED_CHARACTERS = 512;

/**
 * One field of many events: each different text once, and for each event the number of its text. A search looks at each
 * different text once, and then only compares numbers.
 */
export class TextColumn {
  readonly #codes: Uint16Array;
  /** The texts in lower case, for searching; the first stands for no text. */
  readonly #searched: string[] = [''];
  readonly #shown: string[] = [''];
  readonly #codeOf = new Map<string, number>([['', 0]]);

  /** At most 65,535 events. */
  constructor(capacity: number) {
    this.#codes = new Uint16Array(capacity);
  }

  set(row: number, text: string): void {
    const shown = text.slice(0, SEARCHED_CHARACTERS);
    let code = this.#codeOf.get(shown);
    if (code === undefined) {
      code = this.#shown.length;
      this.#codeOf.set(shown, code);
      const searched = shown.toLowerCase();
      this.#shown.push(shown);
      // Most texts are in lower case already: kept once.
      this.#searched.push(searched === shown ? shown : searched);
    }
    this.#codes[row] = code;
  }

  at(row: number): string {
    return this.#shown[this.#codes[row] ?? 0] ?? '';
  }

  /** Marks the events whose text, in lower case, fits: sets their byte to 1, and leaves the others. */
  mark(marks: Uint8Array, fits: (text: string) => boolean): void {
    const fitting = Uint8Array.from(this.#searched, (text) => (text !== '' && fits(text) ? 1 : 0));
    if (!fitting.includes(1)) return;
    const codes = this.#codes;
    for (let row = 0; row < marks.length; row += 1) {
      if (fitting[codes[row] as number]) marks[row] = 1;
    }
  }

  /** How many of the events from one row to before another have exactly this text. */
  count(text: string, from: number, end: number): number {
    const code = this.#codeOf.get(text);
    if (code === undefined) return 0;
    let count = 0;
    for (let row = from; row < end; row += 1) if (this.#codes[row] === code) count += 1;
    return count;
  }

  /** The last event before `end` with exactly this text, -1 when there is none. */
  lastBefore(text: string, end: number): number {
    const code = this.#codeOf.get(text);
    return code === undefined || end <= 0 ? -1 : this.#codes.lastIndexOf(code, end - 1);
  }
}
