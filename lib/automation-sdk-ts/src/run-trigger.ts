import { setMaxListeners } from 'node:events';
import type { TriggerContext } from './context.js';
import { holdLease } from './lease/hold-lease.js';
import { leaseWaiting } from './messages.js';
import { type ConfigurationSource, readForms } from './read-forms.js';
import { sendEvent } from './send-event.js';
import type { Session } from './session.js';
import { openState, type State } from './state.js';
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
  readonly run: (context: TriggerContext<Account, Configuration>, session: Session<Account>) => Promise<void>;
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
  if (forms !== undefined) await keepRunning(session, () => runOnce(session, parts, forms));
  // After a critical line the process stays until the platform stops it.
  await aborted(session.stop);
  return 0;
}

async function runOnce<Account, Configuration>(
  session: Session<Account>,
  parts: TriggerParts<Account, Configuration>,
  forms: Forms<Account, Configuration>,
): Promise<void> {
  const { clock } = session;
  const state = await openState(session, parts.stateStore(forms.configuration));
  try {
    await runOnState(session, parts, forms, state);
  } finally {
    await atMost(clock, CLOSE_MS, Promise.allSettled([state.storage.close(), state.files.close()]));
  }
}

async function runOnState<Account, Configuration>(
  session: Session<Account>,
  parts: TriggerParts<Account, Configuration>,
  { account, configuration }: Forms<Account, Configuration>,
  { storage, files, leases }: State,
): Promise<void> {
  const { clock, health, metrics, monitor, platform, work } = session;
  const lease = await holdLease({
    store: leases,
    identity: identityOf(session, parts, account, configuration),
    clock,
    signal: work,
    onWaiting() {
      health.rest();
      monitor.report(leaseWaiting({}));
    },
  });
  if (lease === undefined) return;
  health.resume();

  const attempt = new AbortController();
  // Each call under way listens to it, and so may more of them than Node expects.
  setMaxListeners(0, attempt.signal);
  const over = new AbortController();
  for (const signal of [work, lease.lost]) {
    if (signal.aborted) attempt.abort();
    signal.addEventListener('abort', () => attempt.abort(), { once: true, signal: over.signal });
  }
  try {
    const running = parts.run(
      {
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
        sendEvent: (event) => sendEvent(session, event, attempt.signal),
      },
      session,
    );
    await untilGivenUp(session, running);
    if (lease.lost.aborted && !work.aborted) throw lease.lost.reason;
  } finally {
    over.abort();
    await lease.release();
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
  account: Account,
  configuration: Configuration,
): string {
  const uuid = values.optional('connector_configuration_uuid') ?? values.optional('trigger_configuration_uuid');
  return uuid ?? identity(account, configuration) ?? module.slug;
}
