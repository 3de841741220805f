import { dayAndTime, timeOfDay, utc } from './figures.js';

/** A time, local, with UTC on hover. */
export function Time({ at, withDay = false }: { readonly at: number; readonly withDay?: boolean }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={utc(at)}>
      {withDay ? dayAndTime(at) : timeOfDay(at)}
    </time>
  );
}
