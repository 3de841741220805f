import { EventBatch } from '@sekoia/automation-sdk-ts';
import type { OutgoingAlert } from './outgoing-alert.js';
import { type Batching, type Settling, settleBatch } from './settle-batch.js';

/** A batch that does not fill leaves after this time. */
const LINGER_MS = 2_000;

/** Takes events one by one and delivers them in batches, several in flight, holding no more than those in memory. */
export class Delivery {
  readonly #settling: Settling;
  readonly #batching: Batching;
  readonly #inFlight = new Map<Promise<void>, number>();
  #batch = new EventBatch<OutgoingAlert>();
  #linger = new AbortController();
  #failure: { readonly error: unknown } | undefined;

  constructor(settling: Omit<Settling, 'waiting'>, batching: Batching) {
    this.#settling = { ...settling, waiting: () => this.waiting };
    this.#batching = batching;
  }

  /** How many events have been taken and are not settled. */
  get waiting(): number {
    return [...this.#inFlight.values()].reduce((sum, count) => sum + count, this.#batch.count);
  }

  /** Takes an event; waits while as many batches are in flight as may be. Throws what made an earlier batch fail. */
  add(json: string, alert: OutgoingAlert): void | Promise<void> {
    if (this.#batch.add(json, alert)) {
      if (this.#batch.count === 1) {
        this.#linger = new AbortController();
        void this.#sendAfterLinger(this.#linger.signal);
      }
      return this.#batch.count >= this.#batching.chunkSize ? this.#dispatch() : undefined;
    }
    return this.#dispatch().then(() => this.add(json, alert));
  }

  /** Sends what is left and waits until all is settled. Throws what made a batch fail. */
  async settle(): Promise<void> {
    await this.#dispatch();
    await Promise.all(this.#inFlight.keys());
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Sends the batch at hand as soon as fewer batches are in flight than may be. */
  async #dispatch(): Promise<void> {
    this.#linger.abort();
    const batch = this.#batch;
    this.#batch = new EventBatch();
    while (this.#failure === undefined && this.#inFlight.size >= this.#batching.concurrency) {
      await Promise.race(this.#inFlight.keys());
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    if (batch.count > 0) this.#send(batch);
  }

  #send(batch: EventBatch<OutgoingAlert>): void {
    const settled = settleBatch(batch, this.#settling)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#inFlight.delete(settled));
    this.#inFlight.set(settled, batch.count);
    this.#settling.metrics.waiting(this.waiting);
  }

  /** While a page is long in coming, what is here already goes out, unless as much is in flight as may be. */
  async #sendAfterLinger(linger: AbortSignal): Promise<void> {
    const { clock, signal } = this.#settling;
    const ended = AbortSignal.any([linger, signal]);
    while (!ended.aborted) {
      await clock.sleep(LINGER_MS, ended);
      if (ended.aborted || this.#failure !== undefined) return;
      if (this.#inFlight.size >= this.#batching.concurrency) continue;
      const batch = this.#batch;
      this.#batch = new EventBatch();
      this.#send(batch);
      return;
    }
  }
}
