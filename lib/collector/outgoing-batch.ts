import { type EscapedText, EventBatch } from '@sekoia/automation-sdk-ts';
import { idOfKey } from './alert-key.js';
import { SeenEntries } from './seen-entries.js';
import type { SeenEntry } from './seen-table.js';

/** What is kept of an alert while its event is on its way. */
export interface OutgoingAlert {
  readonly entry: SeenEntry;
  /** Its id as written, where that is not the number it is known by. */
  readonly unusualId: string | undefined;
  /** Whether a run of the playbook is started for it. */
  readonly startsRun: boolean;
}

/** Events on their way to the intake, and what is kept of their alerts meanwhile. */
export class OutgoingBatch {
  readonly events: EventBatch;
  readonly entries: SeenEntries;
  readonly #unusualIds = new Map<number, string>();
  readonly #startingRuns: number[] = [];

  constructor(events = new EventBatch(), entries = new SeenEntries()) {
    this.events = events;
    this.entries = entries;
  }

  /** How many events it holds. */
  get count(): number {
    return this.events.count;
  }

  /** The places of the alerts that a run of the playbook is started for. */
  get startingRuns(): readonly number[] {
    return this.#startingRuns;
  }

  /** Adds an event; false, and nothing is added, when the batch is full. */
  add(event: string | EscapedText, { entry, unusualId, startsRun }: OutgoingAlert): boolean {
    const at = this.count;
    if (!this.events.add(event)) return false;
    this.entries.add(entry);
    if (unusualId !== undefined) this.#unusualIds.set(at, unusualId);
    if (startsRun) this.#startingRuns.push(at);
    return true;
  }

  /** The alert's id as written; undefined when it has none. */
  idAt(index: number): string | undefined {
    return this.#unusualIds.get(index) ?? idOfKey(this.entries.at(index));
  }

  /** The alerts `from` to before `to`, as a batch of their own that shares the memory: good until this one is emptied. */
  slice(from: number, to: number): OutgoingBatch {
    const part = new OutgoingBatch(this.events.slice(from, to), this.entries.slice(from, to));
    const isIn = (at: number) => at >= from && at < to;
    for (const [at, id] of this.#unusualIds) if (isIn(at)) part.#unusualIds.set(at - from, id);
    part.#startingRuns.push(...this.#startingRuns.filter(isIn).map((at) => at - from));
    return part;
  }

  /** Empties it, so that others take the same memory. */
  clear(): void {
    this.events.clear();
    this.entries.clear();
    this.#unusualIds.clear();
    this.#startingRuns.length = 0;
  }
}
