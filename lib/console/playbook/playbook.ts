import { setTimeout as delay } from 'node:timers/promises';
import type { Level } from '@sekoia/automation-sdk-ts';
import type { PlaybookView } from '../api.js';
import { HttpProblem } from '../http/http-problem.js';
import type { LogEntry } from '../platform/platform.js';
import type { ProcessExit } from '../platform/start-trigger.js';
import type { ConsoleRecords } from '../records/console-records.js';
import { areEdited, type ChosenForms, chosenForms } from './chosen-forms.js';
import { afterLine, type TriggerState } from './playbook-state.js';
import type { ProcessLine } from './process-line.js';
import { runTrigger } from './run-trigger.js';
import type { TriggerGround } from './trigger-ground.js';

const FIRST_RESTART_MS = 1000;
const LONGEST_RESTART_MS = 60_000;
/** A trigger that has run for so long starts again at once when it ends. */
const STEADY_MS = 60_000;

/** What a playbook works with. */
export interface PlaybookParts {
  readonly ground: TriggerGround;
  readonly records: ConsoleRecords;
  readonly now: () => number;
  /** Is told of every change of the view. */
  readonly onChange: (view: PlaybookView) => void;
  readonly onLogs: (entries: readonly LogEntry[]) => void;
  /** What the console itself has to say in the trigger log. */
  readonly note: (level: Level, message: string) => void;
}

/** The one playbook: its trigger as a process, started again when it ends, stopped when it reports that it can't go on. */
export class Playbook {
  readonly #parts: PlaybookParts;
  #trigger: TriggerState = { state: { kind: 'stopped' }, lastPoll: undefined, trouble: undefined };
  #run: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  /** What the process that runs was started with. */
  #startedWith: ChosenForms | undefined;

  constructor(parts: PlaybookParts) {
    this.#parts = parts;
  }

  get view(): PlaybookView {
    const { records } = this.#parts;
    const { accountId, configurationId } = records.playbook;
    const changedSinceStart = this.#startedWith !== undefined && areEdited(this.#startedWith, records);
    return { accountId, configurationId, changedSinceStart, ...this.#trigger };
  }

  /** Tells the view again after a form was saved. */
  tell(): void {
    this.#parts.onChange(this.view);
  }

  /** Chooses what the trigger works with. */
  async choose(choice: { readonly accountId?: string; readonly configurationId?: string }): Promise<void> {
    if (this.#run) throw new HttpProblem(409, 'The playbook is running. Stop it to choose another.');
    await this.#parts.records.setPlaybook(choice);
    this.tell();
  }

  /** Starts the trigger; resolves when it is on its way. */
  async start(): Promise<void> {
    if (this.#run) return;
    const { records, now } = this.#parts;
    chosenForms(records);
    const stop = new AbortController();
    this.#set({ state: { kind: 'starting', since: now() }, trouble: undefined });
    const ended = this.#keepRunning(stop.signal).catch((error: unknown) => {
      this.#set({ state: { kind: 'failed', since: now(), why: `The trigger can't be started: ${error}` } });
      this.#run = undefined;
    });
    this.#run = { stop, ended };
    await records.setPlaybook({ isWanted: true });
  }

  /** Stops the trigger as the platform does; resolves when it has ended. */
  async stop(): Promise<void> {
    await this.#parts.records.setPlaybook({ isWanted: false });
    await this.close();
  }

  /** Ends the trigger's process, and leaves it wanted: the next console starts it again. */
  async close(): Promise<void> {
    if (!this.#run) {
      if (this.#trigger.state.kind === 'failed') this.#set({ state: { kind: 'stopped' } });
      return;
    }
    this.#set({ state: { kind: 'stopping', since: this.#parts.now() } });
    this.#run.stop.abort();
    await this.#run.ended;
  }

  async #keepRunning(stop: AbortSignal): Promise<void> {
    const { records, note, now } = this.#parts;
    for (let failures = 0; !stop.aborted; failures += 1) {
      const startedAt = now();
      const exit = await this.#runChosen(stop);
      if (stop.aborted || this.#trigger.state.kind === 'failed') break;
      if (now() - startedAt >= STEADY_MS) failures = 0;
      const waitMs = Math.min(FIRST_RESTART_MS * 2 ** failures, LONGEST_RESTART_MS);
      const why = `The trigger's process ended by itself (${exit.signal ?? `exit code ${exit.code}`}).`;
      note('error', `${why} It is started again in ${waitMs / 1000} s.`);
      this.#set({ state: { kind: 'restarting', since: now(), until: now() + waitMs, why } });
      await delay(waitMs, undefined, { signal: stop }).catch(() => undefined);
    }
    this.#run = undefined;
    if (this.#trigger.state.kind === 'failed') await records.setPlaybook({ isWanted: false });
    else this.#set({ state: { kind: 'stopped' }, trouble: undefined });
  }

  /** Runs the trigger with what the forms say now, until its process ends. */
  async #runChosen(stop: AbortSignal): Promise<ProcessExit> {
    const { ground, records, onLogs, note, now } = this.#parts;
    const chosen = chosenForms(records);
    const place = ground.platform.open({
      secrets: chosen.account.hidden as Readonly<Record<string, string>>,
      onLogs,
      onPlaybookRun: ({ name }) => note('info', `A run of the playbook was started: ${name}.`),
    });
    // The platform stops a trigger that has logged a critical line.
    const failed = new AbortController();
    const onLine = (line: ProcessLine | string) => {
      if (typeof line === 'string') note('warning', line);
      else this.#set(afterLine(this.#trigger, line));
      if (this.#trigger.state.kind === 'failed') failed.abort();
    };
    this.#startedWith = chosen;
    try {
      this.#set({ state: { kind: 'starting', since: now() } });
      return await runTrigger({ ground, place, chosen, stop: AbortSignal.any([stop, failed.signal]), onLine });
    } finally {
      this.#startedWith = undefined;
      ground.platform.remove(place);
    }
  }

  #set(changes: Partial<TriggerState>): void {
    const before = this.#trigger;
    const after = { ...before, ...changes };
    this.#trigger = after;
    const isSame =
      before.state === after.state && before.lastPoll === after.lastPoll && before.trouble === after.trouble;
    if (!isSame) this.#parts.onChange(this.view);
  }
}
