import type { Command } from 'commander';
import type { Window } from '../../window.js';
import { parseTime, TIME_FORMS } from '../parse-time.js';
import { type SettingsOptions, withSettings } from '../settings/options.js';
import { UsageError } from '../usage-error.js';

/** A range of time, as a person writes it. */
export interface RangeOptions extends SettingsOptions {
  readonly from: string;
  readonly to?: string;
}

/** What is fetched, and what is done with it. */
export interface FetchOptions extends RangeOptions {
  readonly dryRun?: boolean;
  readonly details?: boolean;
}

/** What is filled in, and how. */
export interface BackfillOptions extends RangeOptions {
  readonly again?: boolean;
  readonly wait?: boolean;
}

/** Adds the options that say from when to when. */
export function withRange(command: Command): Command {
  return withSettings(command)
    .requiredOption('--from <time>', `the earliest start of an alert: ${TIME_FORMS}`)
    .option('--to <time>', 'the latest start of an alert (default: now)');
}

/** The range that is asked for; throws UsageError when it is none. */
export function parseRange({ from, to }: RangeOptions, now: number): Window {
  const range = {
    from: parseTime(from, '--from', now),
    to: to === undefined ? now : Math.min(parseTime(to, '--to', now), now),
  };
  if (range.from < range.to) return range;
  throw new UsageError(`--from ${from} is not before ${to === undefined ? 'now' : `--to ${to}`}.`);
}
