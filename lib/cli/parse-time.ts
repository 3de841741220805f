import { isExistingTime } from '../existing-time.js';
import { UsageError } from './usage-error.js';

const AGO = /^(\d{1,5})(m|h|d)$/;
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** How times can be written, for the help. */
export const TIME_FORMS =
  'a time (2026-01-31T09:30:00Z), a day (2026-01-31, from midnight UTC), or how long ago (7d, 36h, 90m)';

/** A time as a person writes it, in milliseconds since 1970; throws UsageError. */
export function parseTime(text: string, option: string, now: number): number {
  const [, count, unit] = AGO.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (UNIT_MS[unit] ?? 0);
  if ((DAY.test(text) || TIME.test(text)) && isExistingTime(text)) return Date.parse(text);
  throw new UsageError(`${option} ${text} is no time. Write ${TIME_FORMS}.`);
}
