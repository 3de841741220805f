import { setMaxListeners } from 'node:events';
import type { PlaybookEvent, TriggerContext } from './context.js';
import { CriticalError } from './errors.js';
import { holdLease } from './lease/hold-lease.js';
import type { LeaseStore } from './lease/lease-store.js';
import type { HeldLease } from './lease/renewed-lease.js';
import { leaseWaiting } from './messages.js';
import { type ConfigurationSource, readForms } from './read-forms.js';
import type { Secret } from './secret.js';
import { sendEvent } from './send-event.js';
import type { Session } from './session.js';
import { configurationUuid, openState } from './state.js';
import type { OpenedStorage } from './storage/open-storage.js';
import { keepRunning } from './trigger-loop.js';
import { aborted, atMost } from './wait.js';

/** `run` has this long to end after the stop; the last log lines need what is left of the 10 s. */
const LAST_WORK_MS = 5_000;

/** Closing the state may take this long. */
const CLOSE_MS = 1_000;

/** What a trigger is made of, whatever its kind. */
export interface TriggerParts<Account, Configuration> {
  readonly source: ConfigurationSource<Configuration>;
  readonly identity: (account: Account, configuration: Configuration) => string | undefined;
  readonly stateStore: (configuration: Configuration) => string | undefined;
  /** The key of the intake that the events go to, when they go to one. */
  readonly intakeKey: (configuration: Configuration) => Secret | undefined;
  readonly run: (context: TriggerContext<Account, Configuration>) => Promise<void>;
}

type Forms<Account, Configuration> = { readonly account: Account; readonly configuration: Configuration };

/** Runs a trigger until the process must stop; answers the exit code. */
export async function runTrigger<Account, Configuration>(
  session: Session<Account>,
  parts: TriggerParts<Account, Configuration>,
): Promise<number> {
  const forms = await readForms(session, parts.source).catch((error: unknown) => {
    // A stop while the secrets were fetched is no failure.
    if (session.stop.aborted) return undefined;
    throw error;
  });
  if (forms !== undefined) await runOnState(session, parts, forms);
  // After a critical line the process stays until the platform stops it.
  await aborted(session.stop);
  return 0;
}

/** Opens the state, once for all attempts: what a store keeps in memory must outlive a restart of the loop. */
async function runOnState<Account, Configuration>(
  session: Session<Account>,
  parts: TriggerParts<Account, Configuration>,
  forms: Forms<Account, Configuration>,
): Promise<void> {
  const identity = identityOf(session, parts, forms);
  const key = parts.intakeKey(forms.configuration);
  // Before the lease: the figures of a process that waits for it are told apart, too.
  if (key !== undefined) session.metrics.labelIntake(key);
  let state: OpenedStorage | undefined;
  try {
    await keepRunning(session, async () => {
      state ??= await openState(session, parts.stateStore(forms.configuration), identity);
      await runUnderLease(session, parts, forms, state, identity);
    });
  } finally {
    if (state !== undefined) await atMost(session.clock, CLOSE_MS, close(state));
  }
}

async function close({ storage, files }: OpenedStorage): Promise<void> {
  await Promise.allSettled([storage.close(), files.close()]);
}

async function runUnderLease<Account, Configuration>(
  session: Session<Account>,
  parts: TriggerParts<Account, Configuration>,
  { account, configuration }: Forms<Account, Configuration>,
  { storage, files, leases }: OpenedStorage,
  identity: string,
): Promise<void> {
  const { clock, health, metrics, monitor, platform, work } = session;
  const lease = await waitForLease(session, leases, identity);
  if (lease === undefined) return;

  const attempt = new AbortController();
  // Each call under way listens to it, and so may more of them than Node expects.
  setMaxListeners(0, attempt.signal);
  const over = new AbortController();
  for (const signal of [work, lease.lost]) {
    if (signal.aborted) attempt.abort();
    signal.addEventListener('abort', () => attempt.abort(), { once: true, signal: over.signal });
  }
  const context = {
    account,
    configuration,
    monitor,
    metrics,
    clock,
    signal: attempt.signal,
    storage,
    files,
    lease,
    http: platform.http,
    succeeded: () => health.succeeded(),
    sendEvent: (event: PlaybookEvent) => sendEvent(session, event, attempt.signal),
  };
  try {
    await untilGivenUp(session, parts.run(context));
  } catch (error) {
    // What a call says that the loss of the lease cut short is not the news.
    if (!lease.lost.aborted || error instanceof CriticalError) throw error;
  } finally {
    over.abort();
    // What the attempt may have left behind must not work beside the next one.
    attempt.abort();
    await lease.release();
  }
  if (lease.lost.aborted && !work.aborted) throw lease.lost.reason;
}

/** Another process may work under the identity for days: waiting for it is no sign of death. */
async function waitForLease<Account>(
  { clock, health, monitor, work }: Session<Account>,
  store: LeaseStore,
  identity: string,
): Promise<HeldLease | undefined> {
  const onWaiting = () => {
    health.rest();
    monitor.report(leaseWaiting({}));
  };
  try {
    return await holdLease({ store, identity, clock, signal: work, onWaiting });
  } finally {
    if (!work.aborted) health.resume();
  }
}

/** Waits for `running`, but not for long once the process must stop. */
async function untilGivenUp<Account>({ clock, stop }: Session<Account>, running: Promise<void>): Promise<void> {
  const settled = new AbortController();
  const givenUp = aborted(stop, settled.signal).then(() => clock.sleep(LAST_WORK_MS, settled.signal));
  try {
    await Promise.race([running, givenUp]);
  } finally {
    settled.abort();
  }
}

/** The configuration's own identity, which stays when the form changes; otherwise what the module makes of the forms. */
function identityOf<Account, Configuration>(
  { values, module }: Session<Account>,
  { identity }: TriggerParts<Account, Configuration>,
  { account, configuration }: Forms<Account, Configuration>,
): string {
  return configurationUuid(values) ?? identity(account, configuration) ?? module.slug;
}
