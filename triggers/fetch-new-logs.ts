import type { ConnectorContext } from '@sekoia/automation-sdk-ts';
import { AlertDetails } from '../lib/collector/alert-details.js';
import { createAlertFilter, serverFilters } from '../lib/collector/alert-filter.js';
import { CallHistory } from '../lib/collector/call-history.js';
import { collectAlerts, type KeyHistory } from '../lib/collector/collect-alerts.js';
import { DeadLetters } from '../lib/collector/dead-letters.js';
import { IntakeOutage } from '../lib/collector/intake-outage.js';
import { detailsAllowed } from '../lib/collector/pace.js';
import { StoreOutage } from '../lib/collector/persist.js';
import { PlaybookRuns } from '../lib/collector/playbook-runs.js';
import { readStartState } from '../lib/collector/start-state.js';
import { type Account, type Configuration, severities } from '../lib/configuration.js';
import { AlertQuery } from '../lib/lacework/alert-query.js';
import { RateLimit } from '../lib/lacework/rate-limit.js';
import { messages } from '../lib/messages.js';
import { normalizeAlert } from '../lib/normalizer/normalize-alert.js';
import { type Deadlines, laceworkClient } from './clients.js';

const HOUR_MS = 3_600_000;

/** "Fetch new logs from Lacework": wires the parts, and collects until the trigger stops. */
export async function fetchNewLogs(
  context: ConnectorContext<Account, Configuration>,
  version: string,
  deadlines: Deadlines,
  keyHistory: KeyHistory,
): Promise<void> {
  const { account, configuration, monitor, clock, signal, http, intake, storage, files, lease, metrics } = context;
  const waiting = { clock, monitor, signal };
  const rateLimit = new RateLimit(clock, configuration.ratelimit_per_hour);
  const { laceworkMs: deadlineMs } = deadlines;
  const client = laceworkClient(account, configuration, { ...waiting, http, rateLimit, deadlineMs });
  reportStart(context, version, client.host);

  const callHistory = new CallHistory(storage, rateLimit, clock);
  await callHistory.load(monitor);
  const load = { pollCalls: 1, sweepCalls: 1 };
  const frequencyMs = configuration.frequency * 1000;
  const { launch_playbook_for: runsFrom } = configuration;
  await collectAlerts({
    ...waiting,
    ...(await readStartState(storage, files, monitor, configuration)),
    client,
    rateLimit,
    callHistory,
    intake,
    lease,
    metrics,
    configuration,
    load,
    keyHistory,
    frequencyMs,
    outage: new IntakeOutage(clock, monitor),
    storeOutage: new StoreOutage(clock, monitor),
    runs: new PlaybookRuns({ storage, clock, monitor, sendEvent: context.sendEvent, toEvent: toEvent(configuration) }),
    deadLetters: new DeadLetters(files, configuration.dead_letters_max_mb),
    query: new AlertQuery(
      client,
      monitor,
      serverFilters({ ...configuration, filters: undefined }),
      configuration.filters ?? [],
    ),
    isWanted: createAlertFilter(configuration),
    now: () => client.now(),
    runFromRank: runsFrom === undefined ? undefined : severities.indexOf(runsFrom),
    details: configuration.fetch_details
      ? new AlertDetails(client, () => detailsAllowed(rateLimit, load, frequencyMs))
      : undefined,
    batching: { chunkSize: configuration.chunk_size, concurrency: configuration.concurrency },
    lookbackMs: configuration.lookback_hours * HOUR_MS,
    succeeded: context.succeeded,
  });
}

/** What a run of the playbook is started with: the ECS event, also where the raw alert was forwarded. */
function toEvent({ event_format, normalization_profile: profile }: Configuration): (json: string) => string {
  return event_format === 'raw' ? (text) => normalizeAlert(text, { profile }).json : (json) => json;
}

function reportStart(
  { configuration, monitor, storage, intake }: ConnectorContext<Account, Configuration>,
  version: string,
  account: string,
): void {
  const { frequency, event_format: format, normalization_profile: profile, filters = [] } = configuration;
  const state = storage.description;
  monitor.report(
    messages.started({
      version,
      account,
      frequency,
      intake: intake.address,
      format,
      profile,
      state,
      filters: JSON.stringify(filters),
    }),
  );
  if (format === 'normalized' && /(^|\.)sekoia\.io(:\d+)?$/.test(intake.host)) {
    monitor.report(messages.rawExpected({ intake: intake.host }));
  }
}
