import { type Clock, systemClock } from './clock.js';
import type { WriteLine } from './console-line.js';
import type { Environment } from './environment.js';
import { errorDetail, errorText } from './error-text.js';
import { CriticalError } from './errors.js';
import { commandUnknown, logUrlMissing, moduleFailed } from './messages.js';
import type { ProcessMonitor } from './monitor.js';
import { type OpenedSession, openSession } from './open-session.js';
import type { Item, ModuleOptions, Surroundings } from './session.js';
import { type StatusServers, startStatusServers } from './status-server.js';
import { aborted } from './wait.js';

/** No call may last longer; the heartbeat's threshold is ten times this. */
const CALL_TIMEOUT_MS = 30_000;

/** What a run is started with. */
export interface RunOptions {
  /** The container's argument. */
  readonly command: string | undefined;
  /** Aborted when the module must stop. */
  readonly signal: AbortSignal;
  /** Aborted, with the error as its reason, when an error has escaped everything: it is logged before the stop that follows. */
  readonly crashed?: AbortSignal;
  readonly environment?: Environment;
  /** Moves everything but the deadlines of single calls; who steps it goes on doing so until the run has ended. */
  readonly clock?: Clock;
  /** Takes the console's lines; standard output by default. */
  readonly writeLine?: WriteLine;
  /** The longest one call to the platform may last; 30 s by default. */
  readonly callTimeoutMs?: number;
}

/** A module, as far as running one of its items needs it. */
export interface RunnableModule<Account> {
  readonly options: ModuleOptions<Account>;
  /** The commands of all its items. */
  readonly commands: readonly string[];
  find(command: string | undefined): Item<Account> | undefined;
}

/** Longer than any process lives between two looks at it: it only has to be there. */
const KEEP_ALIVE_MS = 2 ** 31 - 1;

/** Runs the item that `command` names until it is done or `signal` is aborted; answers the exit code and never throws. */
export async function runModule<Account>(module: RunnableModule<Account>, options: RunOptions): Promise<number> {
  const item = module.find(options.command);
  // A trigger that only waits for its stop has nothing that holds the process: without its ports, Node would end it.
  const keptAlive = setInterval(() => undefined, KEEP_ALIVE_MS);
  const opened = await openSession(module.options, item, surroundingsOf(options));
  try {
    if (item !== undefined) return await runItem(item, opened);
    const message = commandUnknown({ command: options.command, known: module.commands });
    opened.session.monitor.report(message);
    process.stderr.write(`${message.text}\n`);
    return 2;
  } finally {
    await opened.close();
    clearInterval(keptAlive);
  }
}

async function runItem<Account>(item: Item<Account>, { session, connected }: OpenedSession<Account>): Promise<number> {
  const { values, health, metrics, monitor, stop } = session;
  let servers: StatusServers | undefined;
  try {
    if (item.isResident) servers = await startStatusServers(values, health, metrics, monitor);
    if ('problem' in connected) throw connected.problem;
    if (connected.platform.urls.logs === undefined) monitor.report(logUrlMissing({}));
    return await item.start({ ...session, platform: connected.platform });
  } catch (error) {
    reportFatal(monitor, error);
    if (!item.isResident) return 1;
    // The platform stops a trigger that has logged a critical line; until then it answers for its health.
    await aborted(stop);
    return 0;
  } finally {
    servers?.close();
  }
}

function reportFatal(monitor: ProcessMonitor, error: unknown): void {
  if (error instanceof CriticalError) {
    monitor.report({ code: error.code, level: 'critical', text: error.message }, error.detail);
  } else {
    monitor.report(moduleFailed({ reason: errorText(error) }), errorDetail(error));
  }
}

function surroundingsOf(options: RunOptions): Surroundings {
  return {
    environment: options.environment ?? process.env,
    clock: options.clock ?? systemClock,
    stop: options.signal,
    crashed: options.crashed ?? new AbortController().signal,
    writeLine: options.writeLine ?? ((line) => void process.stdout.write(line)),
    callTimeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS,
  };
}
