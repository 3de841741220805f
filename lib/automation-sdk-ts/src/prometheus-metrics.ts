import { createHash } from 'node:crypto';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Level } from './message.js';
import type { Metrics } from './metrics.js';
import type { Secret } from './secret.js';

const DURATION_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The figures of one run, in a registry of their own: two modules in one process don't meet. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #onForwarded: () => void;
  readonly #collected: Counter;
  readonly #forwarded: Counter;
  readonly #discarded: Counter;
  readonly #lag: Gauge;
  readonly #forwardDuration: Histogram;
  readonly #waiting: Gauge;
  readonly #lastPoll: Gauge;
  readonly #pollDuration: Gauge;
  readonly #callsLeft: Gauge;
  readonly #messages: Counter<'level'>;

  /** `slug` names the module's own figures; `onForwarded` is told when events went out. */
  constructor(slug: string, onForwarded: () => void) {
    const registers = [this.#registry];
    const own = `symphony_module_${slug.replace(/[^a-z0-9]/g, '_')}`;
    const common = 'symphony_module_common';
    this.#onForwarded = onForwarded;
    this.#collected = new Counter({
      registers,
      name: `${own}_collected_events_total`,
      help: 'Events taken from the source',
    });
    this.#forwarded = new Counter({
      registers,
      name: `${common}_forwarded_events_total`,
      help: 'Events acknowledged by the intake',
    });
    this.#discarded = new Counter({
      registers,
      name: `${common}_discarded_events_total`,
      help: 'Events that the intake will never take',
    });
    this.#lag = new Gauge({
      registers,
      name: `${common}_events_lags`,
      help: "Seconds between now and the newest event's own time",
    });
    this.#forwardDuration = new Histogram({
      registers,
      name: `${common}_forward_events_duration`,
      help: 'Seconds that one delivery took',
      buckets: DURATION_BUCKETS,
    });
    this.#waiting = new Gauge({ registers, name: `${own}_waiting_events`, help: 'Events that wait for the intake' });
    this.#lastPoll = new Gauge({
      registers,
      name: `${own}_last_poll_timestamp_seconds`,
      help: 'When the last successful poll of the source ended, 0 before the first',
    });
    this.#pollDuration = new Gauge({
      registers,
      name: `${own}_poll_duration_seconds`,
      help: 'Seconds that the last successful poll took',
    });
    this.#callsLeft = new Gauge({
      registers,
      name: `${own}_calls_left`,
      help: 'Calls that the source still grants in this hour',
    });
    this.#messages = new Counter({
      registers,
      name: `${own}_messages_total`,
      help: 'Monitoring messages',
      labelNames: ['level'],
    });
    // From the start, so that the first message of a level is seen as an increase.
    for (const level of ['debug', 'info', 'warning', 'error', 'critical'] as const) this.#messages.inc({ level }, 0);
  }

  /** Labels every figure with a short hash of the intake key: the key itself is a credential. */
  labelIntake(key: Secret): void {
    const hash = createHash('sha256').update(key.reveal()).digest('hex').slice(0, 12);
    this.#registry.setDefaultLabels({ intake_key: hash });
  }

  collected(count: number): void {
    this.#collected.inc(count);
  }

  forwarded(count: number): void {
    this.#forwarded.inc(count);
    if (count > 0) this.#onForwarded();
  }

  discarded(count: number): void {
    this.#discarded.inc(count);
  }

  lag(seconds: number): void {
    this.#lag.set(seconds);
  }

  forwardDuration(seconds: number): void {
    this.#forwardDuration.observe(seconds);
  }

  waiting(count: number): void {
    this.#waiting.set(count);
  }

  polled(endedAt: number, seconds: number): void {
    this.#lastPoll.set(endedAt / 1000);
    this.#pollDuration.set(seconds);
  }

  callsLeft(count: number): void {
    this.#callsLeft.set(count);
  }

  /** A monitoring message was written. */
  message(level: Level): void {
    this.#messages.inc({ level });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All figures in Prometheus' text form. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
