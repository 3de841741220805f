import type { Clock, Message, Monitor } from '@sekoia/automation-sdk-ts';

const SAY_EVERY_MS = 10 * 60_000;
/** Where every tenth call fails, the log shall not be full of it. */
const QUIET_MS = 60_000;

/** What is said of something that fails for a while. */
export interface OutageWords<Facts> {
  readonly began: (facts: Facts) => Message;
  readonly lasts: (facts: Facts & { readonly since: number }) => Message;
  readonly over: (facts: { readonly downMs: number }) => Message;
}

interface Outage {
  readonly at: number;
  readonly time: number;
  isSaid: boolean;
}

/** Says that something fails: once, then every 10 minutes, and when it is over; short failures in a row once a minute. */
export class OutageReport<Facts> {
  readonly #clock: Clock;
  readonly #monitor: Monitor;
  readonly #words: OutageWords<Facts>;
  #outage: Outage | undefined;
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, monitor: Monitor, words: OutageWords<Facts>) {
    this.#clock = clock;
    this.#monitor = monitor;
    this.#words = words;
  }

  /** It has failed, perhaps not for the first time. */
  failed(facts: Facts): void {
    const now = this.#clock.monotonic();
    this.#outage ??= { at: now, time: this.#clock.now(), isSaid: false };
    const { isSaid, time: since } = this.#outage;
    if (now - this.#saidAt < (isSaid ? SAY_EVERY_MS : QUIET_MS)) return;
    this.#monitor.report(isSaid ? this.#words.lasts({ ...facts, since }) : this.#words.began(facts));
    this.#outage.isSaid = true;
    this.#saidAt = now;
  }

  /** It has not been tried again: what is due is said, unless it has succeeded elsewhere. */
  lasts(facts: Facts): void {
    if (this.#outage !== undefined) this.failed(facts);
  }

  /** It has succeeded. */
  over(): void {
    if (this.#outage?.isSaid)
      this.#monitor.report(this.#words.over({ downMs: this.#clock.monotonic() - this.#outage.at }));
    this.#outage = undefined;
  }
}
