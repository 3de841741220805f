import { createHash } from 'node:crypto';
import { type EventBatch, PlatformError, type PlaybookEvent, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { backoffMs, deliberateWait, type Waiting } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import type { DeadLetters } from './dead-letters.js';
import type { OutgoingAlert } from './outgoing-alert.js';
import { persist } from './persist.js';

const owedSchema = z.object({
  runs: z.array(z.object({ requestId: z.uuid(), alertId: z.string().nullable(), event: z.string() })),
});

/** Runs that are owed for the alerts of one batch. */
export interface OwedRuns extends z.output<typeof owedSchema> {
  readonly key: string;
}

/** What starting runs needs. */
export interface RunStarting extends Waiting {
  readonly deadLetters: DeadLetters;
}

const PREFIX = 'runs/';
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const SAY_EVERY_MS = 10 * 60_000;

/** Starts a run of the playbook for each alert that asks for one: noted before the alert counts as delivered, struck out after. */
export class PlaybookRuns {
  readonly #storage: Storage;
  readonly #sendEvent: (event: PlaybookEvent) => Promise<void>;
  /** The ECS event of what was sent to the intake, as JSON text. */
  readonly #toEvent: (json: string) => string;

  constructor(storage: Storage, sendEvent: (event: PlaybookEvent) => Promise<void>, toEvent: (json: string) => string) {
    this.#storage = storage;
    this.#sendEvent = sendEvent;
    this.#toEvent = toEvent;
  }

  /** Notes the runs that the delivered events of a batch ask for; durable when it resolves. */
  async owe(
    batch: EventBatch<OutgoingAlert>,
    delivered: readonly number[],
    number: number,
  ): Promise<OwedRuns | undefined> {
    const runs: OwedRuns['runs'] = [];
    for (const index of delivered) {
      const alert = batch.items[index];
      if (!alert?.startsRun) continue;
      const event = this.#toEvent(batch.json(index));
      runs.push({ requestId: requestId(alert), alertId: alert.id ?? null, event });
    }
    if (runs.length === 0) return undefined;
    const key = `${PREFIX}${String(number).padStart(12, '0')}`;
    await this.#storage.set(key, { runs });
    return { key, runs };
  }

  /** What an earlier process noted and did not strike out. */
  async left(): Promise<OwedRuns[]> {
    const left: OwedRuns[] = [];
    for (const key of await this.#storage.keys(PREFIX)) {
      const owed = await this.#storage.get(key, owedSchema);
      if (owed !== undefined) left.push({ key, ...owed });
    }
    return left;
  }

  /** Starts the runs, for as long as it takes; one that the platform refuses goes to the dead letters. */
  async start(owed: OwedRuns, starting: RunStarting): Promise<void> {
    for (const run of owed.runs) {
      const event = JSON.parse(run.event) as Record<string, unknown>;
      const playbookEvent = { name: `Lacework alert ${run.alertId ?? 'without id'}`, event, requestId: run.requestId };
      const refusal = await this.#sendUntilAnswered(playbookEvent, starting);
      if (refusal === undefined) continue;
      const reason = `playbook run refused: the platform answers ${refusal.status}`;
      const letter = { reason, alertId: run.alertId ?? undefined, text: run.event };
      await persist(() => starting.deadLetters.keep(letter, starting.clock.now()), starting);
      starting.monitor.report(
        deliveryMessages.runRefused({ status: refusal.status ?? 0, where: starting.deadLetters.where }),
      );
    }
    await persist(() => this.#storage.delete([owed.key]), starting);
  }

  async #sendUntilAnswered(event: PlaybookEvent, starting: RunStarting): Promise<PlatformError | undefined> {
    const { clock, monitor } = starting;
    let saidAt = Number.NEGATIVE_INFINITY;
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#sendEvent(event);
        return undefined;
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        const { status } = error;
        if (status !== undefined && status >= 400 && status < 500) return error;
        if (clock.monotonic() - saidAt >= SAY_EVERY_MS) {
          saidAt = clock.monotonic();
          monitor.report(deliveryMessages.runFailed({ problem: error.message }));
        }
        await deliberateWait(backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS), starting);
      }
    }
  }
}

/** The same alert in the same state asks for the same run, however often it is asked. */
function requestId({ entry, id }: OutgoingAlert): string {
  const hex = createHash('sha256')
    .update(`${id ?? ''} ${entry.high} ${entry.low} ${entry.fingerprint}`)
    .digest('hex');
  // A version 8 uuid: made by a rule of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
