import type { Lease, Metrics } from '@sekoia/automation-sdk-ts';
import type { DeadLetters, WhyKept } from './dead-letters.js';
import type { DeliveryCounts } from './delivery-counts.js';
import type { OutgoingBatch } from './outgoing-batch.js';
import { type Persisting, persist } from './persist.js';
import type { OwedRuns, PlaybookRuns } from './playbook-runs.js';
import type { SeenAlerts } from './seen-alerts.js';

/** What recording needs. */
export interface RecordParts extends Persisting {
  readonly lease: Lease;
  readonly seen: SeenAlerts;
  readonly deadLetters: DeadLetters;
  readonly runs: PlaybookRuns;
  readonly metrics: Metrics;
  readonly counts: DeliveryCounts;
}

/** A batch that need not be sent again. */
export interface SettledBatch {
  readonly batch: OutgoingBatch;
  /** Of its record. */
  readonly number: number;
  /** How many events the intake has acknowledged. */
  readonly acknowledged: number;
  /** The events that go to the dead letters, by their place, and why. */
  readonly kept: ReadonlyMap<number, WhyKept>;
}

/**
 * Dead letters first, then the runs that are owed, then the record: a crash in between repeats, and loses nothing. Answers
 * the runs that are to be started now.
 */
export async function recordSettled(settled: SettledBatch, parts: RecordParts): Promise<OwedRuns | undefined> {
  const { batch, number, acknowledged, kept } = settled;
  const { seen, lease, runs, deadLetters, metrics, counts, clock } = parts;
  counts.unrecorded += acknowledged;
  const letters = new Set(
    [...kept].map(([index, why]) => ({ ...why, alertId: batch.idAt(index), text: batch.events.json(index) })),
  );
  await persist(() => deadLetters.keepAll(letters, clock.now()), parts);
  const owed = await persist(() => runs.owe(batch, kept, number), parts);
  lease.assertHeld();
  await persist(() => seen.record(batch.entries, number), parts);
  counts.unrecorded -= acknowledged;
  counts.forwarded += acknowledged;
  counts.deadLetters += kept.size;
  metrics.forwarded(acknowledged);
  metrics.discarded(batch.count - acknowledged);
  return owed;
}
