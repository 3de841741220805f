import type { Clock } from './clock.js';
import type { Level } from './message.js';

/** The same line is written at most once in this time. */
const WINDOW_MS = 60_000;

/** Lines that are remembered at once; beyond it the oldest is forgotten early. */
const REMEMBERED = 1_000;

interface Window {
  readonly level: Level;
  readonly text: string;
  readonly endsAt: number;
  repeats: number;
}

/** Lets a line through once a minute, and says at the end of the minute how often it was repeated. */
export class RepeatLimit {
  readonly #clock: Clock;
  readonly #write: (level: Level, text: string) => void;
  readonly #windows = new Map<string, Window>();
  readonly #closed = new AbortController();

  constructor(clock: Clock, write: (level: Level, text: string) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Writes the line, or counts it. */
  add(level: Level, text: string): void {
    this.#forgetEnded();
    const key = `${level} ${text}`;
    const window = this.#windows.get(key);
    if (window === undefined) {
      this.#windows.set(key, { level, text, endsAt: this.#clock.monotonic() + WINDOW_MS, repeats: 0 });
      this.#write(level, text);
      return;
    }
    window.repeats += 1;
    if (window.repeats === 1) void this.#waitForEnd(key, window);
  }

  /** Writes what was counted so far, and counts no more. */
  close(): void {
    this.#closed.abort();
    for (const [key, window] of this.#windows) this.#end(key, window);
  }

  async #waitForEnd(key: string, window: Window): Promise<void> {
    await this.#clock.sleep(window.endsAt - this.#clock.monotonic(), this.#closed.signal);
    this.#end(key, window);
  }

  #end(key: string, window: Window): void {
    if (this.#windows.get(key) !== window) return;
    this.#windows.delete(key);
    if (window.repeats === 0) return;
    this.#write(window.level, `${window.text} (repeated ${window.repeats} ${window.repeats === 1 ? 'time' : 'times'})`);
  }

  /** Windows begin one after the other and last equally long, so the first that has not ended is followed by none that has. */
  #forgetEnded(): void {
    for (const [key, window] of this.#windows) {
      if (window.endsAt > this.#clock.monotonic() && this.#windows.size < REMEMBERED) return;
      this.#end(key, window);
    }
  }
}
