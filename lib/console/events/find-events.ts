import { type EventRow, type EventsFound, SEVERITIES } from '../api.js';
import { chartOf } from './event-chart.js';
import type { EventStore } from './event-store.js';
import type { SearchTerm } from './search-query.js';

const MINUTE = 60_000;
const MINUTES = 60;

/** What is looked for. */
export interface EventSearch {
  readonly terms: readonly SearchTerm[];
  /** Only these, in lower case; all when it is empty. */
  readonly severities: ReadonlySet<string>;
  /** Times of the events, in milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Only events with a smaller number: what has arrived since is not shown yet. */
  readonly until: number;
}

/** The numbers of the events found, those that began last first, and what the chart needs. */
export interface Found {
  readonly numbers: Uint32Array;
  readonly bySeverity: readonly number[];
  readonly chart: EventsFound['chart'];
  readonly medianLagMs: number | undefined;
}

/** Looks at every event that is kept. */
export function findEvents(store: EventStore, { terms, severities, from, to, until }: EventSearch): Found {
  const bySeverity: number[] = SEVERITIES.map(() => 0);
  const wanted = SEVERITIES.map((severity) => severities.size === 0 || severities.has(severity));
  const numbers: number[] = [];
  const times: number[] = [];
  const lags: number[] = [];
  const ranks: number[] = [];
  for (const segment of store.segments) {
    const marks = segment.mark({ terms, from, to });
    const rankOf = segment.severityRanks();
    const end = until - segment.first;
    const start = store.first - segment.first;
    for (const row of segment.rowsByTime) {
      if (marks[row] !== 1 || row < start || row >= end) continue;
      const rank = rankOf[row] as number;
      bySeverity[rank] = (bySeverity[rank] ?? 0) + 1;
      if (!wanted[rank]) continue;
      const time = segment.times[row] as number;
      numbers.push(segment.first + row);
      times.push(time);
      ranks.push(rank);
      lags.push((segment.arrivals[row] as number) - time);
    }
  }
  return {
    numbers: newestFirst(numbers, times),
    bySeverity,
    chart: chartOf(times, ranks, from, to),
    medianLagMs: median(lags),
  };
}

/** How many events arrived in each of the last 60 minutes before `now`. */
export function countArrivals(store: EventStore, now: number): number[] {
  const counts = Array.from({ length: MINUTES }, () => 0);
  for (const segment of store.segments.toReversed()) {
    for (let row = segment.length - 1; row >= 0; row -= 1) {
      const age = Math.max(now - (segment.arrivals[row] as number), 0);
      if (age >= MINUTES * MINUTE) return counts;
      const minute = MINUTES - 1 - Math.floor(age / MINUTE);
      counts[minute] = (counts[minute] ?? 0) + 1;
    }
  }
  return counts;
}

/** A part of what was found, as rows. */
export function rowsOf(store: EventStore, numbers: Uint32Array, offset: number, limit: number): EventRow[] {
  return [...numbers.subarray(offset, offset + limit)].flatMap((number) => store.row(number) ?? []);
}

function newestFirst(numbers: readonly number[], times: readonly number[]): Uint32Array {
  // An array, not a typed one: its sort finds the segments' runs, in order already, and merges them.
  const order = [...numbers.keys()].sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  return Uint32Array.from(order, (index) => numbers[index] as number).reverse();
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)];
}
