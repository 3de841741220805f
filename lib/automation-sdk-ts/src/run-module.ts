import { type Clock, systemClock } from './clock.js';
import type { WriteLine } from './console-line.js';
import { errorDetail, errorText } from './error-text.js';
import { CriticalError } from './errors.js';
import { Health } from './health.js';
import type { Environment } from './http.js';
import { LogBatcher } from './log-batcher.js';
import { commandUnknown, logUrlMissing, moduleFailed } from './messages.js';
import type { Module } from './module.js';
import { ProcessMonitor } from './monitor.js';
import { connectPlatform, type PlatformConnection } from './platform-connection.js';
import { PrometheusMetrics } from './prometheus-metrics.js';
import { createRedactor, type Redactor } from './redact.js';
import { type RuntimeValues, readRuntimeValues } from './runtime-values.js';
import { Secret } from './secret.js';
import type { Surroundings } from './session.js';
import { type StatusServers, startStatusServers } from './status-server.js';
import { aborted } from './wait.js';

/** No call may last longer; the heartbeat's threshold is ten times this. */
const CALL_TIMEOUT_MS = 30_000;

/** The log is given up this long after the stop, so that the process ends within the 10 s that it has. */
const LAST_LOGS_MS = 8_000;

/** What a run is started with. */
export interface RunOptions {
  /** The container's argument. */
  readonly command: string | undefined;
  /** Aborted when the module must stop. */
  readonly signal: AbortSignal;
  readonly environment?: Environment;
  readonly clock?: Clock;
  /** Takes the console's lines; standard output by default. */
  readonly writeLine?: WriteLine;
  /** The longest one call to the platform may last; 30 s by default. */
  readonly callTimeoutMs?: number;
}

/** Runs the item that `command` names until it is done or `signal` is aborted; answers the exit code and never throws. */
export async function runModule<Account>(module: Module<Account>, options: RunOptions): Promise<number> {
  const surroundings = surroundingsOf(options);
  const { environment, clock, stop, callTimeoutMs } = surroundings;
  const values = await readRuntimeValues(environment);
  const redactor = redactorFor(values);
  const userAgent = `${module.options.slug}/${module.options.version}`;
  const connected = await connectPlatform(values, environment, { userAgent, timeoutMs: callTimeoutMs }).then(
    (platform) => ({ platform }),
    (problem: unknown) => ({ problem }),
  );
  const platform = 'platform' in connected ? connected.platform : undefined;

  const health = new Health(clock);
  const metrics = new PrometheusMetrics(module.options.slug, () => health.eventSent());
  const batcher = platform === undefined ? undefined : logBatcher(platform, clock);
  const work = new AbortController();
  const monitor = new ProcessMonitor({
    clock,
    redactor,
    health,
    write: surroundings.writeLine,
    count: (level) => metrics.message(level),
    batcher,
    onCritical() {
      health.rest();
      work.abort();
    },
  });
  let stoppedAt: number | undefined;
  const onStop = () => {
    stoppedAt = clock.monotonic();
    work.abort();
  };
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });

  const item = module.find(options.command);
  if (item === undefined) {
    const message = commandUnknown({ command: options.command, known: module.commands });
    monitor.report(message);
    process.stderr.write(`${message.text}\n`);
  }
  let servers: StatusServers | undefined;
  try {
    if (item === undefined) return 2;
    if (item.isResident) servers = await startStatusServers(values, health, metrics, monitor);
    if ('problem' in connected) throw connected.problem;
    if (connected.platform.urls.logs === undefined) monitor.report(logUrlMissing({}));
    return await item.start({
      ...surroundings,
      module: module.options,
      values,
      platform: connected.platform,
      redactor,
      health,
      metrics,
      monitor,
      work: work.signal,
    });
  } catch (error) {
    reportFatal(monitor, error);
    if (!item?.isResident) return 1;
    await aborted(stop);
    return 0;
  } finally {
    await flushLogs(batcher, clock, stoppedAt ?? clock.monotonic());
    servers?.close();
    platform?.close();
    stop.removeEventListener('abort', onStop);
  }
}

function surroundingsOf(options: RunOptions): Surroundings {
  return {
    environment: options.environment ?? process.env,
    clock: options.clock ?? systemClock,
    stop: options.signal,
    writeLine: options.writeLine ?? ((line) => void process.stdout.write(line)),
    callTimeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS,
  };
}

function logBatcher({ client, urls: { logs } }: PlatformConnection, clock: Clock): LogBatcher | undefined {
  if (logs === undefined) return undefined;
  return new LogBatcher((entries, signal) => client.sendLogs(logs, entries, signal), clock);
}

/** Knows the platform's own credentials; those of the forms are added when they are read. */
function redactorFor(values: RuntimeValues): Redactor {
  const redactor = createRedactor();
  for (const name of ['token', 'aws_secret_access_key', 'aws_session_token', 'client_key'] as const) {
    try {
      const value = values.optional(name);
      if (value !== undefined) redactor.add(new Secret(value));
    } catch {
      // It can't be read: whoever needs it will say so.
    }
  }
  return redactor;
}

function reportFatal(monitor: ProcessMonitor, error: unknown): void {
  if (error instanceof CriticalError) {
    monitor.report({ code: error.code, level: 'critical', text: error.message }, error.detail);
  } else {
    monitor.report(moduleFailed({ reason: errorText(error) }), errorDetail(error));
  }
}

async function flushLogs(batcher: LogBatcher | undefined, clock: Clock, since: number): Promise<void> {
  const deadline = new AbortController();
  const sent = new AbortController();
  void clock.sleep(since + LAST_LOGS_MS - clock.monotonic(), sent.signal).then(() => deadline.abort());
  await batcher?.close(deadline.signal);
  sent.abort();
}
