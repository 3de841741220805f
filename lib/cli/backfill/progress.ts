import { Presets, SingleBar } from 'cli-progress';
import { counted } from '../../counted.js';
import { readableDuration, readableTime, type Window } from '../../window.js';
import type { Reader } from '../range/reader.js';
import type { Terminal } from '../terminal.js';

/** Shows how far a backfill has come. */
export interface Progress {
  /** Events have been acknowledged. */
  moved(): void;
  /** A day is settled. */
  settled(day: Window): void;
  close(): void;
}

/** A bar on a terminal; elsewhere a line for each day. */
export function openProgress(terminal: Terminal, parts: readonly Window[], reader: Reader): Progress {
  const facts = new BackfillFacts(parts, reader);
  return process.stderr.isTTY && !terminal.json ? new ProgressBar(facts) : new ProgressLines(facts, terminal);
}

/** What there is to show. */
class BackfillFacts {
  readonly #reader: Reader;
  readonly #totalMs: number;
  readonly #began = performance.now();
  #settledMs = 0;

  constructor(parts: readonly Window[], reader: Reader) {
    this.#reader = reader;
    this.#totalMs = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  settled({ from, to }: Window): void {
    this.#settledMs += to - from;
  }

  /** The part of the time range that is settled, 0 to 1. */
  get fraction(): number {
    return this.#totalMs === 0 ? 1 : this.#settledMs / this.#totalMs;
  }

  get shown() {
    const { tally, rateLimit } = this.#reader;
    const tookMs = performance.now() - this.#began;
    const leftMs = this.fraction === 0 ? undefined : (tookMs / this.fraction) * (1 - this.fraction);
    return {
      percent: Math.floor(this.fraction * 100),
      alerts: tally.seen,
      forwarded: tally.forwarded,
      perSecond: Math.round((tally.forwarded / tookMs) * 1000),
      left: leftMs === undefined ? 'unknown' : readableDuration(leftMs),
      calls: rateLimit.spare('alerts', 0),
    };
  }
}

class ProgressBar implements Progress {
  readonly #facts: BackfillFacts;
  readonly #bar = new SingleBar(
    {
      format:
        '{bar} {percent} % | {alerts} alerts, {forwarded} forwarded, {perSecond}/s | {left} left | {calls} calls left',
      stream: process.stderr,
      hideCursor: true,
      // The signal is handled where the command is run.
      gracefulExit: false,
      barsize: 20,
      fps: 5,
    },
    Presets.shades_classic,
  );

  constructor(facts: BackfillFacts) {
    this.#facts = facts;
    this.#bar.start(1, 0, facts.shown);
  }

  moved(): void {
    this.#bar.update(this.#facts.fraction, this.#facts.shown);
  }

  settled(day: Window): void {
    this.#facts.settled(day);
    this.moved();
  }

  close(): void {
    this.moved();
    this.#bar.stop();
  }
}

class ProgressLines implements Progress {
  readonly #facts: BackfillFacts;
  readonly #terminal: Terminal;

  constructor(facts: BackfillFacts, terminal: Terminal) {
    this.#facts = facts;
    this.#terminal = terminal;
  }

  moved(): void {
    // A line for each batch would be too many.
  }

  settled(day: Window): void {
    this.#facts.settled(day);
    const { shown } = this.#facts;
    const { json, say } = this.#terminal;
    const { percent, alerts, forwarded, perSecond, left, calls } = shown;
    const line = `${readableTime(day.to)}  ${percent} %  ${counted(alerts, 'alert')}, ${forwarded} forwarded, ${perSecond}/s, ${left} left, ${calls} calls left this hour`;
    say(json ? JSON.stringify({ settledUntil: new Date(day.to), ...shown }) : line);
  }

  close(): void {
    // The lines stand as they are.
  }
}
