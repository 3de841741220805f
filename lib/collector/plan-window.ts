import type { Window } from '../window.js';
import type { Checkpoint } from './checkpoint.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The API's longest range between startTime and endTime. */
const LONGEST_WINDOW_MS = 7 * DAY_MS;
/** How far back the API answers; a minute less, so that the call is still inside when it arrives. */
export const REACH_MS = 92 * DAY_MS - 60_000;
/** What every poll covers, however recently the last one was. */
const RECENT_MS = 2 * HOUR_MS;
/** The whole lookback is seen at least this often. */
export const SWEEP_EVERY_MS = 15 * 60_000;

/** What a poll is to read. */
export interface Plan {
  /** At most 7 days each, oldest first. */
  readonly windows: readonly Window[];
  /** Whether the windows cover the whole lookback: when all are settled, the checkpoint moves. */
  readonly sweep: boolean;
  /** A range that should be read and that the API no longer answers for. */
  readonly gap?: Window;
}

/** What the plan follows from. */
export interface Situation {
  /** The server's time. */
  readonly now: number;
  readonly checkpoint: Checkpoint;
  readonly lookbackMs: number;
  /** Until the next poll, as planned now. */
  readonly intervalMs: number;
}

/**
 * Every alert that appeared since the last sweep began, at most `lookbackMs` after its startTime, began after that sweep's
 * start less the lookback. So a sweep reads from there to now, after a quarter of an hour as after a week's outage; what a
 * poll reads in between only makes alerts arrive sooner.
 */
export function planWindows({ now, checkpoint, lookbackMs, intervalMs }: Situation): Plan {
  const { floor, sweptAt, sweep } = checkpoint;
  const due = sweep !== undefined || sweptAt === undefined || now + intervalMs - sweptAt >= SWEEP_EVERY_MS;
  if (!due) {
    return { windows: splitWindow({ from: Math.max(floor, now - RECENT_MS), to: now }), sweep: false };
  }
  const wanted = Math.max(floor, sweptAt === undefined ? floor : sweptAt - lookbackMs, sweep?.settledUntil ?? floor);
  const reach = now - REACH_MS;
  // With a clock set back, the last sweep began in the future: what every poll covers is still read.
  const from = Math.max(reach, Math.min(wanted, Math.max(floor, now - RECENT_MS)));
  return {
    windows: splitWindow({ from, to: now }),
    sweep: true,
    ...(wanted < reach ? { gap: { from: wanted, to: reach } } : {}),
  };
}

/** The same range in parts of at most `longestMs`, oldest first. */
export function splitWindow({ from, to }: Window, longestMs = LONGEST_WINDOW_MS): Window[] {
  const windows: Window[] = [];
  for (let start = from; start < to; start += longestMs) {
    windows.push({ from: start, to: Math.min(to, start + longestMs) });
  }
  return windows;
}
