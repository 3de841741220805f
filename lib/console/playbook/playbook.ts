import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Level } from '@sekoia/automation-sdk-ts';
import { FETCH_NEW_LOGS } from '../../manifests.js';
import type { PlaybookView } from '../api.js';
import { HttpProblem } from '../http/http-problem.js';
import type { LogEntry, Place } from '../platform/platform.js';
import { type ProcessExit, startTrigger, type TriggerProcess } from '../platform/start-trigger.js';
import type { ConsoleRecords } from '../records/console-records.js';
import type { KeptForm } from '../records/kept-records.js';
import { afterLine, type TriggerState } from './playbook-state.js';
import { lineReader, type ProcessLine } from './process-line.js';
import type { TriggerGround } from './trigger-ground.js';
import { forgetTrigger, recordTrigger, symphonyDirectoryOf } from './trigger-pid.js';

const FIRST_RESTART_MS = 1000;
const LONGEST_RESTART_MS = 60_000;
/** A trigger that has run for so long starts again at once when it ends. */
const STEADY_MS = 60_000;
/** The protocol gives a trigger 10 s. */
const STOP_WITHIN_MS = 15_000;

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

/** What a trigger is started with. */
interface Chosen {
  readonly account: KeptForm;
  readonly configuration: KeptForm;
}

/** Where a trigger with this configuration keeps its data. */
export function dataDirectoryOf(directory: string, configurationId: string): string {
  return join(directory, 'data', configurationId);
}

/** The one playbook: its trigger as a process, started again when it ends, stopped when it reports that it can't go on. */
export class Playbook {
  readonly #parts: PlaybookParts;
  #trigger: TriggerState = { state: { kind: 'stopped' }, lastPoll: undefined, trouble: undefined };
  #run: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  /** What the process that runs was started with. */
  #startedWith: Chosen | undefined;

  constructor(parts: PlaybookParts) {
    this.#parts = parts;
  }

  get view(): PlaybookView {
    const { accountId, configurationId } = this.#parts.records.playbook;
    return { accountId, configurationId, changedSinceStart: this.#isChanged(), ...this.#trigger };
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
    this.#chosen();
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

  #chosen(): Chosen {
    const { records } = this.#parts;
    const account = records.find('account', records.playbook.accountId);
    const configuration = records.find('configuration', records.playbook.configurationId);
    if (!account) throw new HttpProblem(409, 'Choose an account first.');
    if (!configuration) throw new HttpProblem(409, 'Choose a trigger configuration first.');
    return { account, configuration };
  }

  #isChanged(): boolean {
    if (!this.#startedWith) return false;
    const { records } = this.#parts;
    const { account, configuration } = this.#startedWith;
    return (
      !isSameForm(account, records.find('account', account.id)) ||
      !isSameForm(configuration, records.find('configuration', configuration.id))
    );
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
    const { ground, onLogs, note, now } = this.#parts;
    const chosen = this.#chosen();
    const place = ground.platform.open({
      secrets: chosen.account.hidden as Readonly<Record<string, string>>,
      onLogs,
      onPlaybookRun: ({ name }) => note('info', `A run of the playbook was started: ${name}.`),
    });
    this.#startedWith = chosen;
    try {
      this.#set({ state: { kind: 'starting', since: now() } });
      return await this.#runOnce(place, chosen, stop);
    } finally {
      this.#startedWith = undefined;
      ground.platform.remove(place);
    }
  }

  async #runOnce(place: Place, { account, configuration }: Chosen, stop: AbortSignal): Promise<ProcessExit> {
    const { ground } = this.#parts;
    let process: TriggerProcess | undefined;
    let patience: NodeJS.Timeout | undefined;
    const end = () => {
      void process?.stop();
      patience ??= setTimeout(() => void process?.kill(), STOP_WITHIN_MS);
    };
    process = await startTrigger({
      entryPoint: ground.entryPoint,
      command: FETCH_NEW_LOGS,
      values: {
        place,
        account: account.values,
        configuration: { ...configuration.values, ...configuration.hidden },
        intakeUrl: ground.intake.url,
        livenessPort: 0,
        metricsPort: 0,
        // The platform's own name for the configuration: it stays the same over restarts.
        more: { trigger_configuration_uuid: configuration.id },
      },
      symphonyDirectory: symphonyDirectoryOf(ground.directory),
      dataDirectory: dataDirectoryOf(ground.directory, configuration.id),
      env: ground.environment,
      onOutput: lineReader((line) => this.#take(line, end)),
    });
    const { pid, exit, kill } = process;
    await recordTrigger(ground.directory, pid).catch(async (error: unknown) => {
      await kill();
      throw error;
    });
    if (stop.aborted) end();
    stop.addEventListener('abort', end);
    const ended = await exit;
    stop.removeEventListener('abort', end);
    clearTimeout(patience);
    await forgetTrigger(ground.directory);
    return ended;
  }

  #take(line: ProcessLine | string, end: () => void): void {
    if (typeof line === 'string') {
      this.#parts.note('warning', line);
      return;
    }
    this.#set(afterLine(this.#trigger, line));
    // The platform stops a trigger that has logged a critical line.
    if (this.#trigger.state.kind === 'failed') end();
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

/** Whether a trigger would be started in the same way; a name says nothing. */
function isSameForm(one: KeptForm, other: KeptForm | undefined): boolean {
  return isDeepStrictEqual([one.values, one.hidden], [other?.values, other?.hidden]);
}
