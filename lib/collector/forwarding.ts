import type { Metrics } from '@sekoia/automation-sdk-ts';
import type { Configuration } from '../configuration.js';
import { asObject } from '../normalizer/oddities.js';
import type { ParsedAlert } from '../normalizer/read-alert.js';
import type { Filterable } from './alert-filter.js';
import { alertKey } from './alert-key.js';
import type { DeadLetters } from './dead-letters.js';
import type { Delivery } from './delivery.js';
import { fingerprint } from './fingerprint.js';
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
  /** The server's time: an alert whose start can't be read counts as begun now. */
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
export function isInScope({ startTime, members, alertType, severity }: ParsedAlert, forwarding: Forwarding): boolean {
  if (startTime !== undefined && startTime.ms < forwarding.floor) return false;
  const derived = asObject(members?.['derivedFields']);
  return forwarding.isWanted({ severity, alertType, category: derived?.['category'], source: derived?.['source'] });
}

/** What is remembered of the alert. */
export function entryOf({ id, text, startTime, members }: ParsedAlert, { now }: Forwarding): SeenEntry {
  const info = asObject(members?.['alertInfo']);
  const { high, low } = alertKey(id, text);
  return {
    high,
    low,
    fingerprint: fingerprint({
      status: members?.['status'],
      severity: members?.['severity'],
      endTime: members?.['endTime'],
      alertName: members?.['alertName'],
      subject: info?.['subject'],
      description: info?.['description'],
    }),
    hour: Math.max(0, Math.floor(Math.min(startTime?.ms ?? now(), now() + MOST_AHEAD_MS) / HOUR_MS)),
  };
}
