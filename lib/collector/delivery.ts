import type { EscapedText } from '@sekoia/automation-sdk-ts';
import { type OutgoingAlert, OutgoingBatch } from './outgoing-batch.js';
import { type Batching, type Settling, settleBatch } from './settle-batch.js';

/** A batch that does not fill leaves after this time. */
const LINGER_MS = 2_000;

/**
 * Takes events one by one and delivers them in batches, several in flight, holding no more than those in memory. `settle`
 * ends it, whatever has happened.
 */
export class Delivery {
  readonly #settling: Settling;
  readonly #batching: Batching;
  readonly #inFlight = new Set<Promise<void>>();
  /** Batches that are settled, to be filled again: their memory need not grow once more. */
  readonly #spare: OutgoingBatch[] = [];
  /** Aborted by the stop, and by the first batch that fails: the others are not sent again. */
  readonly #end = new AbortController();
  #batch = new OutgoingBatch();
  #linger = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  #waiting = 0;

  constructor(settling: Omit<Settling, 'waiting'>, batching: Batching) {
    this.#settling = { ...settling, waiting: () => this.#waiting };
    this.#batching = batching;
  }

  /** Takes an event; waits while as many batches are in flight as may be. Throws what made an earlier batch fail. */
  add(json: string | EscapedText, alert: OutgoingAlert): void | Promise<void> {
    if (!this.#batch.add(json, alert)) return this.#dispatch().then(() => this.add(json, alert));
    this.#waiting += 1;
    if (this.#batch.count >= this.#batching.chunkSize) return this.#dispatch();
    if (this.#batch.count === 1) {
      this.#linger = new AbortController();
      void this.#sendAfterLinger(this.#linger.signal);
    }
  }

  /** Sends what is left and waits until nothing is in flight. Throws what made a batch fail. */
  async settle(): Promise<void> {
    try {
      await this.#dispatch();
    } finally {
      await Promise.all(this.#inFlight);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Sends the batch at hand as soon as fewer batches are in flight than may be. */
  async #dispatch(): Promise<void> {
    this.#linger.abort();
    const batch = this.#batch;
    this.#batch = this.#spare.pop() ?? new OutgoingBatch();
    while (this.#failure === undefined && this.#inFlight.size >= this.#batching.concurrency) {
      await Promise.race(this.#inFlight);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    if (batch.count > 0) this.#send(batch);
  }

  #send(batch: OutgoingBatch): void {
    const { signal, metrics } = this.#settling;
    if (signal.aborted) this.#giveUp();
    if (this.#inFlight.size === 0) signal.addEventListener('abort', this.#giveUp);
    const { count } = batch;
    const settled = settleBatch(batch, { ...this.#settling, signal: this.#end.signal })
      .then(() => {
        batch.clear();
        this.#spare.push(batch);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#giveUp();
      })
      .finally(() => {
        this.#inFlight.delete(settled);
        if (this.#inFlight.size === 0) signal.removeEventListener('abort', this.#giveUp);
        this.#waiting -= count;
        metrics.waiting(this.#waiting);
      });
    this.#inFlight.add(settled);
    metrics.waiting(this.#waiting);
  }

  readonly #giveUp = (): void => this.#end.abort();

  /** While a page is long in coming, what is here already goes out, unless as much is in flight as may be. */
  async #sendAfterLinger(linger: AbortSignal): Promise<void> {
    do {
      await this.#settling.clock.sleep(LINGER_MS, linger);
      if (linger.aborted || this.#failure !== undefined) return;
    } while (this.#inFlight.size >= this.#batching.concurrency);
    const batch = this.#batch;
    this.#batch = this.#spare.pop() ?? new OutgoingBatch();
    this.#send(batch);
  }
}
