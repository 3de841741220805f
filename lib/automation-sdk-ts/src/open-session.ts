import { consoleLine } from './console-line.js';
import type { Environment } from './environment.js';
import { errorDetail, errorText } from './error-text.js';
import { Health } from './health.js';
import { proxySecrets } from './http-proxy.js';
import { LogBatcher } from './log-batcher.js';
import { moduleCrashed } from './messages.js';
import { ProcessMonitor } from './monitor.js';
import { connectPlatform, type PlatformConnection } from './platform-connection.js';
import { PrometheusMetrics } from './prometheus-metrics.js';
import { createRedactor, type Redactor } from './redact.js';
import { type RuntimeValues, readRuntimeValues } from './runtime-values.js';
import { Secret } from './secret.js';
import type { Item, ModuleOptions, Session, Surroundings } from './session.js';

/** The log is given up this long after the stop, so that the process ends within the 10 s that it has… */
const LAST_LOGS_MS = 8_000;
/** …but it is always given a moment. */
const LEAST_LOGS_MS = 1_000;

/** A session whose way to the platform may have failed: what is wrong is known, and can be told as far as possible. */
export interface OpenedSession<Account> {
  readonly session: Omit<Session<Account>, 'platform'>;
  readonly connected: { readonly platform: PlatformConnection } | { readonly problem: unknown };
  /** Sends the last log lines and closes what is open. */
  close(): Promise<void>;
}

/** Builds all that an item is started with from what the platform gives; `item` is undefined when the command is unknown. */
export async function openSession<Account>(
  module: ModuleOptions<Account>,
  item: Item<Account> | undefined,
  surroundings: Surroundings,
): Promise<OpenedSession<Account>> {
  const { clock, environment, stop, crashed, writeLine, callTimeoutMs } = surroundings;
  const values = await readRuntimeValues(environment);
  const redactor = redactorFor(values, environment);
  const userAgent = `${module.slug}/${module.version}`;
  const connected = await connectPlatform(values, environment, { userAgent, timeoutMs: callTimeoutMs }).then(
    (platform) => ({ platform }),
    (problem: unknown) => ({ problem }),
  );
  const platform = 'platform' in connected ? connected.platform : undefined;
  // The trigger log is a trigger's; an account check has only its result.
  const batcher = item?.isResident === false ? undefined : logBatcher(surroundings, platform, redactor);

  const work = new AbortController();
  const health = new Health(clock);
  const metrics = new PrometheusMetrics(module.slug, () => health.eventSent());
  const monitor = new ProcessMonitor({
    clock,
    redactor,
    health,
    write: writeLine,
    count: (level) => metrics.message(level),
    batcher,
    onCritical() {
      health.rest();
      work.abort();
    },
  });

  const closed = new AbortController();
  let stoppedAt: number | undefined;
  onAbort(stop, closed.signal, () => {
    stoppedAt = clock.monotonic();
    work.abort();
  });
  onAbort(crashed, closed.signal, () => {
    monitor.report(moduleCrashed({ reason: errorText(crashed.reason) }), errorDetail(crashed.reason));
  });

  return {
    session: { ...surroundings, module, values, redactor, health, metrics, monitor, work: work.signal },
    connected,
    async close() {
      if (batcher !== undefined) await flush(batcher, surroundings, stoppedAt);
      platform?.close();
      closed.abort();
    },
  };
}

function onAbort(signal: AbortSignal, forget: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true, signal: forget });
}

function logBatcher(
  { clock, writeLine }: Surroundings,
  platform: PlatformConnection | undefined,
  redactor: Redactor,
): LogBatcher | undefined {
  const url = platform?.urls.logs;
  if (platform === undefined || url === undefined) return undefined;
  return new LogBatcher(
    (entries, signal) => platform.client.sendLogs(url, entries, signal),
    clock,
    ({ level, code, text }) => writeLine(consoleLine(clock, level, code, redactor.apply(text))),
  );
}

async function flush(batcher: LogBatcher, { clock }: Surroundings, stoppedAt = clock.monotonic()): Promise<void> {
  const deadline = new AbortController();
  const sent = new AbortController();
  const left = Math.max(stoppedAt + LAST_LOGS_MS - clock.monotonic(), LEAST_LOGS_MS);
  void clock.sleep(left, sent.signal).then(() => deadline.abort());
  await batcher.close(deadline.signal);
  sent.abort();
}

/** Knows the credentials of the platform and of proxies; those of the forms are added when they are read. */
function redactorFor(values: RuntimeValues, environment: Environment): Redactor {
  const redactor = createRedactor();
  for (const secret of proxySecrets(environment)) redactor.add(secret);
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
