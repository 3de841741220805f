import type { Paint } from './paint.js';

/** How many alerts came how far. */
export interface DemoCounts {
  /** Alerts that the API has answered, each counted once. */
  readonly polled: number;
  /** Normalized events that the intake has accepted. */
  readonly normalized: number;
  /** Events that the intake has accepted. */
  readonly forwarded: number;
}

/** Prints the counts; the exit code is 0 when nothing is missing and nothing too many. */
export function reportCounts(
  counts: DemoCounts,
  { print, paint }: { readonly print: (line: string) => void; readonly paint: Paint },
): number {
  const complete = counts.polled === counts.normalized && counts.polled === counts.forwarded;
  print('');
  print(`  ${paint(complete ? 'good' : 'bad', complete ? 'Complete' : 'Incomplete: the counts differ')}`);
  for (const [name, count] of Object.entries(counts)) print(`  ${name.padEnd(10)} ${String(count).padStart(4)}`);
  return complete ? 0 : 1;
}
