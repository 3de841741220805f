import type { EventBatch, IntakeClient, IntakeOutcome, Lease, Metrics, Refusal } from '@sekoia/automation-sdk-ts';
import { backoffMs, deliberateWait, type Waiting } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import { StoppedError } from '../errors.js';
import type { DeadLetters } from './dead-letters.js';
import type { IntakeOutage } from './intake-outage.js';
import type { DeliveryCounts, OutgoingAlert } from './outgoing-alert.js';
import { persist } from './persist.js';
import type { PlaybookRuns } from './playbook-runs.js';
import type { SeenAlerts } from './seen-alerts.js';

/** How events are put together. */
export interface Batching {
  /** At most so many events in a batch. */
  readonly chunkSize: number;
  /** At most so many batches in flight. */
  readonly concurrency: number;
}

/** What settling needs. */
export interface Settling extends Waiting {
  readonly intake: IntakeClient;
  readonly outage: IntakeOutage;
  readonly lease: Lease;
  readonly seen: SeenAlerts;
  readonly deadLetters: DeadLetters;
  readonly runs: PlaybookRuns;
  readonly metrics: Metrics;
  readonly counts: DeliveryCounts;
  /** How many events have been taken and are not settled. */
  readonly waiting: () => number;
}

type Settled = Exclude<IntakeOutcome, { kind: 'retryable' | 'wrong_key' }>;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const KEY_RETRY_MS = 10_000;

/**
 * Sends a batch for as long as it takes; when it resolves, each of its events is acknowledged or in the dead letters, and
 * recorded so. A batch that is refused whole is halved until the events that are refused stand alone.
 */
export async function settleBatch(batch: EventBatch<OutgoingAlert>, settling: Settling): Promise<void> {
  const number = settling.seen.nextNumber();
  const outcome = await pushUntilSettled(batch, settling);
  const { monitor } = settling;
  switch (outcome.kind) {
    case 'delivered':
      if (outcome.surplus > 0)
        monitor.report(deliveryMessages.surplus({ sent: batch.count, surplus: outcome.surplus }));
      return recordSettled(batch, new Map(), number, settling);
    case 'partly_rejected':
      return recordSettled(batch, outcome.refused, number, settling);
    case 'short': {
      const reason = `acknowledged ${outcome.acknowledged} of ${batch.count}`;
      monitor.report(deliveryMessages.shortAnswer({ acknowledged: outcome.acknowledged, sent: batch.count }));
      const all = new Map(batch.items.map((_, index) => [index, { status: 200, reason }]));
      return recordSettled(batch, all, number, settling);
    }
    case 'rejected': {
      if (batch.count === 1) return recordSettled(batch, new Map([[0, outcome]]), number, settling);
      const middle = Math.ceil(batch.count / 2);
      await settleBatch(batch.slice(0, middle), settling);
      return settleBatch(batch.slice(middle, batch.count), settling);
    }
  }
}

async function pushUntilSettled(batch: EventBatch<OutgoingAlert>, settling: Settling): Promise<Settled> {
  const { intake, outage, lease, metrics, clock, signal } = settling;
  for (let attempt = 0; ; attempt++) {
    lease.assertHeld();
    const started = clock.monotonic();
    const outcome = await intake.pushBatch(batch, signal);
    if (signal.aborted && outcome.kind === 'retryable') throw new StoppedError();
    if (outcome.kind === 'retryable') {
      outage.failed(outcome.reason, settling.waiting());
      reportLag(settling);
      await deliberateWait(outcome.retryAfterMs ?? backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS), settling);
    } else if (outcome.kind === 'wrong_key') {
      outage.keyRefused(outcome.status, intake.host, settling.waiting());
      await deliberateWait(KEY_RETRY_MS, settling);
    } else {
      outage.over();
      metrics.forwardDuration((clock.monotonic() - started) / 1000);
      return outcome;
    }
  }
}

/** While nothing is taken, the newest event that waits grows older. */
function reportLag({ counts: { newestStart }, clock, metrics }: Settling): void {
  if (newestStart !== undefined) metrics.lag(Math.max(0, clock.now() - newestStart) / 1000);
}

/** Dead letters first, then the runs that are owed, then the record: a crash in between repeats, and loses nothing. */
async function recordSettled(
  batch: EventBatch<OutgoingAlert>,
  refused: ReadonlyMap<number, Refusal>,
  number: number,
  settling: Settling,
): Promise<void> {
  const { seen, lease, runs, deadLetters, metrics, counts, clock } = settling;
  for (const [index, { reason }] of refused) {
    const letter = { reason, alertId: batch.items[index]?.id, text: batch.json(index) };
    await persist(() => deadLetters.keep(letter, clock.now()), settling);
  }
  const delivered = [...batch.items.keys()].filter((index) => !refused.has(index));
  const owed = await persist(() => runs.owe(batch, delivered, number), settling);
  lease.assertHeld();
  const entries = batch.items.map(({ entry }) => entry);
  await persist(() => seen.record(entries, number), settling);
  counts.forwarded += delivered.length;
  counts.deadLetters += refused.size;
  metrics.forwarded(delivered.length);
  metrics.discarded(refused.size);
  if (refused.size > 0) {
    const [[, { reason }] = [0, { reason: '' }]] = refused;
    settling.monitor.report(deliveryMessages.deadLettered({ count: refused.size, reason, where: deadLetters.where }));
  }
  if (owed !== undefined) await runs.start(owed, settling);
}
