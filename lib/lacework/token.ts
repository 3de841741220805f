import { type Clock, Secret } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

/** What a token endpoint's answer must hold. */
export const tokenAnswer = z.object({
  token: z
    .string()
    .min(1)
    .transform((value) => new Secret(value)),
  expiresAt: z.string().optional(),
});

/** The life that is asked for a token, in seconds: the API's longest that costs one call an hour. */
export const TOKEN_SECONDS = 3600;

/** A token is given up a little before its end, so that hardly one expires on the way. */
const MARGIN_MS = 5_000;

/** A token as the server has granted it. */
export interface GrantedToken {
  readonly value: Secret;
  readonly lifeMs: number;
}

interface HeldToken {
  readonly value: Secret;
  readonly until: number;
}

/** Holds the one token of a client for its whole life; whoever needs a new one at the same time shares the renewal. */
export class TokenHolder {
  readonly #clock: Clock;
  readonly #fetch: () => Promise<GrantedToken>;
  #wasGranted = false;
  #held: HeldToken | undefined;
  #renewal: Promise<Secret> | undefined;

  constructor(clock: Clock, fetch: () => Promise<GrantedToken>) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  /** Whether a token is at hand, without a call. */
  get isHeld(): boolean {
    return this.#held !== undefined && this.#clock.monotonic() < this.#held.until;
  }

  /** Whether the server has ever granted one. */
  get wasGranted(): boolean {
    return this.#wasGranted;
  }

  /** A token that is good for at least a moment. */
  async get(): Promise<Secret> {
    if (this.#held !== undefined && this.isHeld) return this.#held.value;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Forgets `refused`, unless another caller has already replaced it. */
  discard(refused: Secret): void {
    if (this.#held?.value === refused) this.#held = undefined;
  }

  async #renew(): Promise<Secret> {
    // Counted from before the request: the token's life begins on the server, not when the answer is here.
    const asked = this.#clock.monotonic();
    const { value, lifeMs } = await this.#fetch();
    this.#wasGranted = true;
    this.#held = { value, until: asked + Math.max(lifeMs - MARGIN_MS, lifeMs / 2) };
    return value;
  }
}
