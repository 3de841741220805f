import type { Metrics } from '@sekoia/automation-sdk-ts';
import type { Configuration } from '../configuration.js';
import type { Filterable } from './alert-filter.js';
import type { DeadLetters } from './dead-letters.js';
import type { Delivery } from './delivery.js';
import type { AlertFacts } from './page-alert.js';
import type { Persisting } from './persist.js';
import type { PollTally } from './poll-tally.js';
import type { SeenAlerts } from './seen-alerts.js';
import type { SeenEntry } from './seen-table.js';

const HOUR_MS = 3_600_000;
/** A start further in the future says nothing of when the alert is met again; no clock is wrong by so much and taken for right. */
const MOST_AHEAD_MS = 7 * 24 * HOUR_MS;

/** What forwarding needs. */
export interface Forwarding extends Persisting {
  readonly configuration: Pick<Configuration, 'event_format' | 'normalization_profile' | 'forward_updates'>;
  readonly isWanted: (alert: Filterable) => boolean;
  /** Nothing that began before this is forwarded, in milliseconds since 1970. */
  readonly floor: number;
  /** The server's time. */
  readonly now: () => number;
  /** The rank of the lowest severity that starts a run of the playbook. */
  readonly runFromRank: number | undefined;
  readonly seen: SeenAlerts;
  readonly delivery: Pick<Delivery, 'add' | 'settle'>;
  readonly deadLetters: DeadLetters;
  readonly metrics: Metrics;
  readonly tally: PollTally;
}

/** Whether the alert began after the floor, and the configuration wants it. */
export function isInScope(facts: AlertFacts, { floor, isWanted }: Forwarding): boolean {
  return (facts.startMs === undefined || facts.startMs >= floor) && isWanted(facts);
}

/** What is remembered of the alert, met at `now`, the server's time: one whose start can't be read counts as begun then. */
export function entryOf({ high, low, fingerprint, startMs }: AlertFacts, now: number): SeenEntry {
  const hour = Math.max(0, Math.floor(Math.min(startMs ?? now, now + MOST_AHEAD_MS) / HOUR_MS));
  return { high, low, fingerprint, hour };
}
