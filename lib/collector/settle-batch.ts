import type { IntakeClient, IntakeOutcome, Message, Refusal } from '@sekoia/automation-sdk-ts';
import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import { StoppedError } from '../errors.js';
import type { WhyKept } from './dead-letters.js';
import type { IntakeOutage } from './intake-outage.js';
import type { OutgoingBatch } from './outgoing-batch.js';
import { type RecordParts, recordSettled, type SettledBatch } from './record-settled.js';

/** How events are put together. */
export interface Batching {
  /** At most so many events in a batch. */
  readonly chunkSize: number;
  /** At most so many batches in flight. */
  readonly concurrency: number;
}

/** What settling needs. */
export interface Settling extends RecordParts {
  readonly intake: IntakeClient;
  readonly outage: IntakeOutage;
  /** The server's time, in milliseconds since 1970. */
  readonly now: () => number;
  /** How many events have been taken and are not settled. */
  readonly waiting: () => number;
}

type Settled = Exclude<IntakeOutcome, { kind: 'retryable' | 'wrong_key' }>;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** The intake may ask for longer, but not for ever, and not for a call at once. */
const SHORTEST_RETRY_AFTER_MS = 1_000;
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;
const KEY_RETRY_MS = 10_000;

/**
 * Sends a batch for as long as it takes; when it resolves, each of its events is acknowledged or in the dead letters, and
 * recorded so. A batch that is refused whole is halved until the events that are refused stand alone.
 */
export async function settleBatch(
  batch: OutgoingBatch,
  settling: Settling,
  number = settling.seen.nextNumber(batch.count),
): Promise<void> {
  const outcome = await pushUntilSettled(batch, settling);
  if (outcome.kind === 'rejected' && batch.count > 1) {
    const middle = Math.ceil(batch.count / 2);
    // Numbers of the batch's own: a change that went out after it must stay the last word on its alert.
    await settleBatch(batch.slice(0, middle), settling, number);
    return settleBatch(batch.slice(middle, batch.count), settling, number + middle);
  }
  const { acknowledged, kept, message } = resultOf(outcome, batch.count, settling.deadLetters.where);
  const owed = await recordSettled({ batch, number, acknowledged, kept }, settling);
  if (message !== undefined) settling.monitor.report(message);
  if (owed !== undefined) await settling.runs.start(owed, settling);
}

interface Result extends Pick<SettledBatch, 'acknowledged' | 'kept'> {
  readonly message: Message | undefined;
}

/** What an outcome means for a batch of `sent` events that is not sent again; `where` dead letters are. */
function resultOf(outcome: Settled, sent: number, where: string): Result {
  switch (outcome.kind) {
    case 'delivered': {
      const { surplus } = outcome;
      const message = surplus > 0 ? deliveryMessages.surplus({ sent, surplus }) : undefined;
      return { acknowledged: sent, kept: new Map(), message };
    }
    case 'short': {
      const { acknowledged, refused } = outcome;
      const why = { kind: 'unconfirmed', reason: `acknowledged ${acknowledged} of ${sent}` } as const;
      const all = Array.from({ length: sent }, (_, index): [number, WhyKept] => [index, why]);
      const message = deliveryMessages.shortAnswer({ acknowledged, sent, where });
      return { acknowledged, kept: new Map([...all, ...reasonsOf(refused)]), message };
    }
    case 'partly_rejected':
      return refusal(outcome.refused, sent, where);
    case 'rejected':
      return refusal(new Map([[0, outcome]]), sent, where);
  }
}

/** The intake's own words may quote the event: they are in the dead letter, not in the log. */
function refusal(refused: ReadonlyMap<number, Refusal>, sent: number, where: string): Result {
  const statuses = new Set([...refused.values()].map(({ status }) => status));
  const reason = `the intake answers ${[...statuses].join(', ')}`;
  const message = deliveryMessages.deadLettered({ count: refused.size, reason, where });
  return { acknowledged: sent - refused.size, kept: new Map(reasonsOf(refused)), message };
}

function reasonsOf(refused: ReadonlyMap<number, Refusal>): [number, WhyKept][] {
  return [...refused].map(([index, { status, message }]) => {
    const words = message === undefined ? '' : `: ${message}`;
    return [index, { kind: 'refused', reason: `the intake answers ${status}${words}` }];
  });
}

async function pushUntilSettled(batch: OutgoingBatch, settling: Settling): Promise<Settled> {
  const { intake, outage, lease, metrics, monitor, clock, signal } = settling;
  for (let attempt = 0; ; attempt++) {
    lease.assertHeld();
    const started = clock.monotonic();
    monitor.heartbeat();
    const outcome = await intake.pushBatch(batch.events, signal);
    monitor.heartbeat();
    if (outcome.kind === 'retryable') {
      if (signal.aborted) throw new StoppedError();
      outage.failed(outcome, settling.waiting());
      await waitForIntake(retryMs(outcome.retryAfterMs, attempt), settling);
    } else if (outcome.kind === 'wrong_key') {
      outage.keyRefused(outcome.status, intake.host, settling.waiting());
      await waitForIntake(KEY_RETRY_MS, settling);
    } else {
      outage.over();
      metrics.forwardDuration((clock.monotonic() - started) / 1000);
      return outcome;
    }
  }
}

function retryMs(retryAfterMs: number | undefined, attempt: number): number {
  if (retryAfterMs === undefined) return backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS);
  return Math.min(Math.max(retryAfterMs, SHORTEST_RETRY_AFTER_MS), LONGEST_RETRY_AFTER_MS);
}

/** However long the wait: what is held is told all the while, and the newest of it grows older. */
async function waitForIntake(ms: number, settling: Settling): Promise<void> {
  const { outage, waiting, counts, now, metrics } = settling;
  await deliberateWait(ms, settling, () => {
    outage.lasts(waiting());
    metrics.waiting(waiting());
    if (counts.newestStart !== undefined) metrics.lag(Math.max(0, now() - counts.newestStart) / 1000);
  });
}
