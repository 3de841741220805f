import type { RateLimit } from '../lacework/rate-limit.js';
import { SWEEP_EVERY_MS } from './plan-window.js';

const HOUR_MS = 3_600_000;
const SWEEPS_PER_HOUR = HOUR_MS / SWEEP_EVERY_MS;
/** A token an hour, and one more when it is refused. */
const TOKENS_PER_HOUR = 2;

/** What the calls of an hour have to carry. */
export interface Load {
  /** Calls that may be made in an hour, all kinds together. */
  readonly perHour: number;
  /** Calls that a poll between two sweeps costs: its pages. */
  readonly pollCalls: number;
  /** Calls that a sweep of the whole lookback costs. */
  readonly sweepCalls: number;
}

/**
 * The time from the start of one poll to the start of the next: the frequency, or longer where the hour's calls can't carry
 * it. Sweeps and tokens come first; a poll is made at least as often as a sweep is due, whatever the frequency.
 */
export function paceMs(frequencyMs: number, { perHour, pollCalls, sweepCalls }: Load): number {
  const forPolls = perHour - TOKENS_PER_HOUR - SWEEPS_PER_HOUR * sweepCalls;
  const carriedMs = forPolls > 0 ? (HOUR_MS / forPolls) * pollCalls : SWEEP_EVERY_MS;
  return Math.min(Math.max(frequencyMs, carriedMs), SWEEP_EVERY_MS);
}

/** How many calls for details may be made now: what polls, sweeps and tokens leave of the hour, and the server grants. */
export function detailsAllowed(rateLimit: RateLimit, load: Omit<Load, 'perHour'>, frequencyMs: number): number {
  const intervalMs = paceMs(frequencyMs, { ...load, perHour: rateLimit.perHour });
  const polls = (HOUR_MS / intervalMs) * load.pollCalls;
  return rateLimit.spare('details', polls + SWEEPS_PER_HOUR * load.sweepCalls + TOKENS_PER_HOUR);
}
