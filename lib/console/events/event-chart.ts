import { type EventChart, SEVERITIES } from '../api.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  365 * DAY,
];
const MOST_BUCKETS = 72;

/** Counts events by time and severity, in buckets whose width a person can name. */
export function chartOf(times: readonly number[], ranks: readonly number[], from: number, to: number): EventChart {
  const start = Number.isFinite(from) ? from : times.reduce((least, time) => Math.min(least, time), to);
  const end = Number.isFinite(to) ? to : times.reduce((most, time) => Math.max(most, time), start);
  const stepMs = STEPS.find((step) => (end - start) / step < MOST_BUCKETS) ?? (end - start) / MOST_BUCKETS;
  const first = Math.floor(start / stepMs) * stepMs;
  const count = Math.floor((end - first) / stepMs) + 1;
  const buckets = Array.from({ length: count }, () => SEVERITIES.map(() => 0));
  for (const [index, time] of times.entries()) {
    const bucket = buckets[Math.floor((time - first) / stepMs)];
    const rank = ranks[index] as number;
    if (bucket) bucket[rank] = (bucket[rank] ?? 0) + 1;
  }
  return { from: first, stepMs, buckets };
}
