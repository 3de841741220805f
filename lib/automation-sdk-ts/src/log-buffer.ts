import type { Level } from './message.js';

/** A line as the platform takes it. */
export interface LogEntry {
  /** UTC without offset, with microseconds. */
  readonly date: string;
  readonly level: Level;
  readonly message: string;
}

/** A line that waits to be sent. */
export interface WaitingLine {
  readonly entry: LogEntry;
  /** When it was written, by the monotonic clock. */
  readonly at: number;
  /** How many lines are lost with this one: more than one for a line that itself tells of lost lines. */
  readonly stands: number;
}

const LEVELS: readonly Level[] = ['debug', 'info', 'warning', 'error', 'critical'];

/** The lines that wait, in order and never more than the limit: when one is too many, the oldest of the lowest level goes. */
export class LogBuffer {
  readonly #limit: number;
  readonly #lines: WaitingLine[] = [];
  #inFlight = 0;
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#lines.length;
  }

  /** The line that has waited longest. */
  get oldest(): WaitingLine | undefined {
    return this.#lines[0];
  }

  get hasUrgent(): boolean {
    return this.#lines.some(({ entry }) => entry.level === 'error' || entry.level === 'critical');
  }

  add(line: WaitingLine): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#limit) this.#drop();
  }

  /** The oldest lines, which stay in place until they are settled or kept. */
  take(count: number): LogEntry[] {
    const taken = this.#lines.slice(0, count);
    this.#inFlight = taken.length;
    return taken.map(({ entry }) => entry);
  }

  /** The lines that were taken have arrived. */
  settle(): void {
    this.#lines.splice(0, this.#inFlight);
    this.#inFlight = 0;
  }

  /** The lines that were taken have not arrived. */
  keep(): void {
    this.#inFlight = 0;
  }

  /** The lines that were taken will never be accepted. */
  discard(): void {
    for (const { stands } of this.#lines.splice(0, this.#inFlight)) this.#dropped += stands;
    this.#inFlight = 0;
  }

  /** How many lines were lost since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #drop(): void {
    const free = this.#lines.slice(this.#inFlight);
    const lowest = Math.min(...free.map(({ entry }) => LEVELS.indexOf(entry.level)));
    const victim = free.findIndex(({ entry }) => entry.level === LEVELS[lowest]);
    for (const { stands } of this.#lines.splice(this.#inFlight + victim, 1)) this.#dropped += stands;
  }
}
