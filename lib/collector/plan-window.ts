import type { Window } from '../window.js';
import type { Checkpoint } from './checkpoint.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The API's longest range between startTime and endTime. */
const LONGEST_WINDOW_MS = 7 * DAY_MS;
/** How far back the API answers; a minute less, so that the call is still inside when it arrives. */
export const REACH_MS = 92 * DAY_MS - MINUTE_MS;
/** What every poll covers, however recently the last one was. */
const RECENT_MS = 2 * HOUR_MS;
/** The whole lookback is seen at least this often. */
export const SWEEP_EVERY_MS = 15 * MINUTE_MS;
/** Each sweep looks back further than it must by this, so that what one was wrongly told to be empty the next one reads. */
const OVERLAP_MS = 2 * SWEEP_EVERY_MS;

/** A window that a poll is to read. */
export interface PlannedWindow extends Window {
  /** Whether a later poll reads all of it again that must be read: finding nothing then needs no second look. */
  readonly isReadAgain: boolean;
  /** Once the window is settled and that is recorded, nothing that began earlier can be met again, even from the record before. */
  readonly forgetBefore: number;
}

/** What a poll is to read. */
export interface Plan {
  /** At most 7 days each, oldest first. */
  readonly windows: readonly PlannedWindow[];
  /** Present when the windows cover the whole lookback. */
  readonly sweep?: Sweep;
  /** A range that should be read and that the API no longer answers for. */
  readonly gap?: Window;
}

/** A poll that moves the checkpoint. */
export interface Sweep {
  readonly beganAt: number;
  /** Whether it covers the lookback and little more, as most do. */
  readonly isUsual: boolean;
  /** The checkpoint when all windows are settled. */
  readonly whenSettled: Checkpoint;
}

/** What the plan follows from. */
export interface Situation {
  /** The server's time. */
  readonly now: number;
  /** The earliest that it may be; what is read now counts as read only then. */
  readonly earliestNow: number;
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
export function planWindows(situation: Situation): Plan {
  const { now, earliestNow, checkpoint, lookbackMs } = situation;
  const { floor, sweptAt, sweep } = checkpoint;
  const recent = Math.max(floor, earliestNow - RECENT_MS);
  if (!isSweepDue(situation)) {
    const everAgain = { isReadAgain: true, forgetBefore: floor };
    return { windows: splitWindow({ from: recent, to: now }).map((window) => ({ ...window, ...everAgain })) };
  }
  const beganAt = sweep?.beganAt ?? earliestNow;
  const settledUntil = sweep?.settledUntil ?? floor;
  const sweptFrom = sweptAt === undefined ? floor : Math.min(sweptAt, earliestNow) - lookbackMs;
  const mustRead = Math.max(floor, settledUntil, sweptFrom);
  const reach = now - REACH_MS;
  const from = Math.max(reach, Math.min(recent, Math.max(floor, settledUntil, sweptFrom - OVERLAP_MS)));
  const nextFrom = beganAt - lookbackMs - OVERLAP_MS;
  return {
    windows: splitWindow({ from, to: now }).map((window) => ({
      ...window,
      isReadAgain: Math.max(window.from, mustRead) >= nextFrom,
      forgetBefore: Math.min(window.from, nextFrom),
    })),
    sweep: {
      beganAt,
      isUsual: from >= nextFrom - OVERLAP_MS,
      whenSettled: { floor: Math.max(floor, nextFrom), sweptAt: beganAt },
    },
    ...(mustRead < reach ? { gap: { from: mustRead, to: reach } } : {}),
  };
}

function isSweepDue({ earliestNow, checkpoint: { sweptAt, sweep }, intervalMs }: Situation): boolean {
  if (sweep !== undefined || sweptAt === undefined) return true;
  // A last sweep in the future was made by a clock that was wrong, and says nothing.
  return earliestNow + intervalMs - sweptAt >= SWEEP_EVERY_MS || sweptAt - earliestNow > MINUTE_MS;
}

/** The same range in parts of at most `longestMs`, oldest first. */
export function splitWindow({ from, to }: Window, longestMs = LONGEST_WINDOW_MS): Window[] {
  const windows: Window[] = [];
  for (let start = from; start < to; start += longestMs) {
    windows.push({ from: start, to: Math.min(to, start + longestMs) });
  }
  return windows;
}
