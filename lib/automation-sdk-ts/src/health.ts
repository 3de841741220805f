import type { Clock } from './clock.js';

/** A trigger without a heartbeat for this long looks dead. */
const HEARTBEAT_THRESHOLD_SECONDS = 300;

/** Never reached: a quiet source is not a dead trigger. */
const EVENTS_THRESHOLD_SECONDS = 0;

/** What the health check answers. */
export interface HealthReport {
  readonly alive: boolean;
  readonly body: {
    readonly last_events_time: string;
    readonly last_heartbeat: string;
    readonly seconds_without_events_threshold: number;
    readonly last_heartbeat_threshold: number;
    readonly error_count: number;
  };
}

/** How the trigger is doing, for the health check and for the rule of repeated errors. */
export class Health {
  readonly #clock: Clock;
  readonly #startedAt: number;
  #eventAt: number;
  #eventTime: number;
  #heartbeatAt: number;
  #heartbeatTime: number;
  #errors = 0;
  #successes = 0;
  #resting = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = this.#eventAt = this.#heartbeatAt = clock.monotonic();
    this.#eventTime = this.#heartbeatTime = clock.now();
  }

  /** The trigger is at work. */
  heartbeat(): void {
    this.#heartbeatAt = this.#clock.monotonic();
    this.#heartbeatTime = this.#clock.now();
  }

  /** Events went out. */
  eventSent(): void {
    this.#eventAt = this.#clock.monotonic();
    this.#eventTime = this.#clock.now();
    this.succeeded();
  }

  /** A piece of work succeeded. */
  succeeded(): void {
    this.#errors = 0;
    this.#successes += 1;
  }

  /** The trigger ended with an error that counts. */
  failed(): void {
    this.#errors += 1;
  }

  /** The trigger does nothing, and is not dead: its heartbeat is not asked for until `resume`. */
  rest(): void {
    this.#resting = true;
  }

  /** The trigger is at work again. */
  resume(): void {
    this.#resting = false;
    this.heartbeat();
  }

  /** How often a piece of work has succeeded: whoever compares two figures knows whether one did. */
  get successes(): number {
    return this.#successes;
  }

  get errorsInARow(): number {
    return this.#errors;
  }

  get runningMs(): number {
    return this.#clock.monotonic() - this.#startedAt;
  }

  get sinceEventMs(): number {
    return this.#clock.monotonic() - this.#eventAt;
  }

  /** What the health check answers now. */
  report(): HealthReport {
    if (this.#resting) this.heartbeat();
    const silentSeconds = (this.#clock.monotonic() - this.#heartbeatAt) / 1000;
    return {
      alive: silentSeconds <= HEARTBEAT_THRESHOLD_SECONDS,
      body: {
        last_events_time: new Date(this.#eventTime).toISOString(),
        last_heartbeat: new Date(this.#heartbeatTime).toISOString(),
        seconds_without_events_threshold: EVENTS_THRESHOLD_SECONDS,
        last_heartbeat_threshold: HEARTBEAT_THRESHOLD_SECONDS,
        error_count: this.#errors,
      },
    };
  }
}
