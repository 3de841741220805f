import { ApiError } from './api-error.js';

const DAY = 86_400_000;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** The range of startTime that is asked for, in milliseconds, as the API bounds it; neither end given: the last 24 hours. */
export function readTimeRange(
  startTime: string | undefined,
  endTime: string | undefined,
  now: number,
): { readonly from: number; readonly to: number } {
  if (startTime === undefined && endTime === undefined) return { from: now - DAY, to: now };
  const from = readTime('startTime', startTime);
  const to = readTime('endTime', endTime);
  if (from >= to) throw new ApiError(400, 'startTime must be before endTime');
  if (to - from > 7 * DAY) throw new ApiError(400, 'The time range must not exceed 7 days');
  if (from < now - 92 * DAY) throw new ApiError(400, 'startTime must not be more than 92 days back');
  return { from, to };
}

function readTime(name: string, text: string | undefined): number {
  if (text === undefined) throw new ApiError(400, `${name} is missing`);
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new ApiError(400, `${name} is not a time as of RFC 3339`);
  return time;
}
