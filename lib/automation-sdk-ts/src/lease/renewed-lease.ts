import type { Clock } from '../clock.js';
import { LeaseLostError } from '../errors.js';
import type { Lease } from '../storage.js';
import type { LeaseStore } from './lease-store.js';

/** A lease that this process has taken; it is renewed in the background until it is lost or released. */
export interface HeldLease extends Lease {
  /** Aborted, with a LeaseLostError as its reason, when the lease is lost: stop working, then take it again. */
  readonly lost: AbortSignal;
  /** Gives the lease up, so that another process can take it at once; never throws: at worst the lease runs out. */
  release(): Promise<void>;
}

/** A lease just taken by `holder`. */
export interface TakenLease {
  readonly store: LeaseStore;
  readonly identity: string;
  readonly holder: string;
  readonly clock: Clock;
  readonly ttlMs: number;
  /** When it runs out, by the clock's monotonic time. */
  readonly until: number;
}

const RAN_OUT = 'The lease ran out before it could be renewed: the process was held up, or the store did not answer.';

const RELEASE_PATIENCE_MS = 2_000;

/** Renews a lease every third of its time; while the store fails, it tries five times as often until the time is over. */
export class RenewedLease implements HeldLease {
  readonly #taken: TakenLease;
  readonly #lost = new AbortController();
  /** Aborted when nothing is left to renew: lost or released. */
  readonly #ended = new AbortController();
  #until: number;
  #failure: unknown;
  #renewing: Promise<void> = Promise.resolve();

  constructor(taken: TakenLease) {
    this.#taken = taken;
    this.#until = taken.until;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Begins the renewals. */
  start(): void {
    this.#renewing = this.#keepRenewing();
    void this.#watch();
  }

  assertHeld(): void {
    // Asked of the clock, not of a timer: in a process that was frozen no timer has run yet.
    if (this.#isOver()) this.#lose(RAN_OUT);
    this.#lost.signal.throwIfAborted();
    if (this.#ended.signal.aborted) throw new LeaseLostError('lease_lost', 'The lease was given up.');
  }

  async release(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    const { clock } = this.#taken;
    const done = new AbortController();
    await Promise.race([this.#giveUp().finally(() => done.abort()), clock.sleep(RELEASE_PATIENCE_MS, done.signal)]);
  }

  async #giveUp(): Promise<void> {
    const { store, identity, holder } = this.#taken;
    // A renewal under way must not come after the release and undo it.
    await this.#renewing;
    await store.release(identity, holder).catch(() => undefined);
  }

  async #keepRenewing(): Promise<void> {
    const { clock, ttlMs } = this.#taken;
    const { signal } = this.#ended;
    await clock.sleep(ttlMs / 3, signal);
    while (!signal.aborted) {
      const isRenewed = await this.#renew();
      await clock.sleep(isRenewed ? ttlMs / 3 : ttlMs / 15, signal);
    }
  }

  async #renew(): Promise<boolean> {
    const { store, identity, holder, clock, ttlMs } = this.#taken;
    const until = clock.monotonic() + ttlMs;
    try {
      const isHeld = await store.renew(identity, holder, ttlMs);
      this.#failure = undefined;
      // An answer after the old lease ran out is none: another process may have taken it between the two.
      if (this.#isOver()) this.#lose(RAN_OUT);
      else if (isHeld) this.#until = until;
      else this.#lose('The lease was taken by another process.');
      return true;
    } catch (error) {
      this.#failure = error;
      return false;
    }
  }

  /** Says that the time is over even while a renewal hangs. */
  async #watch(): Promise<void> {
    const { clock } = this.#taken;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await clock.sleep(this.#until - clock.monotonic(), signal);
      if (this.#isOver()) this.#lose(RAN_OUT);
    }
  }

  #isOver(): boolean {
    return this.#taken.clock.monotonic() >= this.#until;
  }

  #lose(why: string): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#lost.abort(new LeaseLostError('lease_lost', why, { cause: this.#failure }));
    // A renewal that came too late may still hold it in the store, and would keep everybody waiting.
    void this.#giveUp();
  }
}
