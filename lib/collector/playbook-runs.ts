import { createHash } from 'node:crypto';
import {
  type Clock,
  DamagedValueError,
  JsonText,
  type Monitor,
  PlatformError,
  type PlaybookEvent,
  type Storage,
} from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import { StoppedError } from '../errors.js';
import type { DeadLetter, DeadLetters } from './dead-letters.js';
import { OutageReport } from './outage.js';
import type { OutgoingBatch } from './outgoing-batch.js';
import { type Persisting, persist } from './persist.js';
import type { SeenEntry } from './seen-table.js';

const owedSchema = z.object({
  runs: z.array(z.object({ requestId: z.uuid(), alertId: z.string().nullable(), event: z.string() })),
});

/** Runs that are owed for the alerts of one batch. */
export interface OwedRuns extends z.output<typeof owedSchema> {
  readonly key: string;
}

/** What starting runs needs. */
export interface RunStarting extends Persisting {
  readonly deadLetters: DeadLetters;
}

const PREFIX = 'runs/';
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** What is known of how runs are started. */
export interface RunsParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly monitor: Monitor;
  /** As a trigger's context has it. */
  readonly sendEvent: (event: PlaybookEvent) => Promise<void>;
  /** The ECS event of what was sent to the intake, as JSON text. */
  readonly toEvent: (json: string) => string;
}

/** Starts a run of the playbook for each alert that asks for one: noted before the alert counts as delivered, struck out after. */
export class PlaybookRuns {
  readonly #parts: RunsParts;
  readonly #outage: OutageReport<{ readonly problem: string }>;
  #areLeftStarted = false;

  constructor(parts: RunsParts) {
    this.#parts = parts;
    this.#outage = new OutageReport(parts.clock, parts.monitor, {
      began: deliveryMessages.runFailed,
      lasts: deliveryMessages.runFailed,
      over: deliveryMessages.runsRecovered,
    });
  }

  /** Notes the runs that the events of a batch ask for, those `kept` (by their place) aside; durable when it resolves. */
  async owe(batch: OutgoingBatch, kept: ReadonlyMap<number, unknown>, number: number): Promise<OwedRuns | undefined> {
    const runs: OwedRuns['runs'] = [];
    for (const index of batch.startingRuns) {
      if (kept.has(index)) continue;
      const id = batch.idAt(index);
      const event = this.#parts.toEvent(batch.events.json(index));
      runs.push({ requestId: requestId(id, batch.entries.at(index)), alertId: id ?? null, event });
    }
    if (runs.length === 0) return undefined;
    const key = `${PREFIX}${String(number).padStart(12, '0')}`;
    await this.#parts.storage.set(key, { runs });
    return { key, runs };
  }

  /**
   * Starts, once, what an earlier process noted and did not strike out: before any batch is delivered, since the number of
   * a batch that was never recorded is given again.
   */
  async startLeft(starting: RunStarting): Promise<void> {
    if (this.#areLeftStarted) return;
    const keys = await persist(() => this.#parts.storage.keys(PREFIX), starting);
    for (const key of keys) {
      const owed = await persist(() => this.#read(key), starting);
      if (owed !== undefined) await this.start({ key, ...owed }, starting);
    }
    this.#areLeftStarted = true;
  }

  /** Starts the runs, for as long as it takes; those that the platform refuses go to the dead letters. */
  async start({ key, runs }: OwedRuns, starting: RunStarting): Promise<void> {
    const { deadLetters, clock, monitor } = starting;
    let refused = 0;
    let lastStatus = 0;
    for (const { requestId, alertId, event: text } of runs) {
      const event = {
        name: `Lacework alert ${alertId ?? 'without id'}`,
        event: new JsonText(text),
        requestId,
      };
      const status = await this.#sendUntilAnswered(event, starting);
      if (status === undefined) continue;
      const letter: DeadLetter = {
        kind: 'run_refused',
        reason: `playbook run refused: the platform answers ${status}`,
        alertId: alertId ?? undefined,
        text,
      };
      await persist(() => deadLetters.keep(letter, clock.now()), starting);
      refused += 1;
      lastStatus = status;
    }
    await persist(() => this.#parts.storage.delete([key]), starting);
    if (refused > 0) {
      monitor.report(deliveryMessages.runsRefused({ count: refused, status: lastStatus, where: deadLetters.where }));
    }
  }

  async #read(key: string): Promise<z.output<typeof owedSchema> | undefined> {
    try {
      return await this.#parts.storage.get(key, owedSchema);
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      this.#parts.monitor.report(deliveryMessages.runsLost({ setAside: error.setAsideAs }));
      return undefined;
    }
  }

  /** The status of the platform's refusal, or undefined when the run is started. */
  async #sendUntilAnswered(event: PlaybookEvent, starting: RunStarting): Promise<number | undefined> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#parts.sendEvent(event);
        this.#outage.over();
        return undefined;
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        if (starting.signal.aborted) throw new StoppedError();
        const { status } = error;
        if (status !== undefined && status >= 400 && status < 500) return status;
        this.#outage.failed({ problem: error.message });
        await deliberateWait(backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS), starting);
      }
    }
  }
}

/** The same alert in the same state asks for the same run, however often it is asked. */
function requestId(id: string | undefined, entry: SeenEntry): string {
  const hex = createHash('sha256')
    .update(`${id ?? ''} ${entry.high} ${entry.low} ${entry.fingerprint}`)
    .digest('hex');
  // A version 8 uuid: made by a rule of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
