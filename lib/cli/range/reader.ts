import { laceworkClient } from '../../../triggers/clients.js';
import { AlertDetails } from '../../collector/alert-details.js';
import { createAlertFilter, serverFilters } from '../../collector/alert-filter.js';
import { REACH_MS } from '../../collector/plan-window.js';
import { newTally, type PollTally } from '../../collector/poll-tally.js';
import { AlertQuery } from '../../lacework/alert-query.js';
import type { LaceworkClient } from '../../lacework/client.js';
import { RateLimit } from '../../lacework/rate-limit.js';
import { messages } from '../../messages.js';
import type { Window } from '../../window.js';
import type { Workplace } from '../workplace.js';

/** What reads the alerts of a range, as the trigger would. */
export interface Reader {
  readonly client: LaceworkClient;
  readonly rateLimit: RateLimit;
  readonly query: AlertQuery;
  readonly isWanted: ReturnType<typeof createAlertFilter>;
  readonly details: AlertDetails | undefined;
  readonly now: () => number;
  readonly tally: PollTally;
  /** No run of the playbook is started: the alerts are old. */
  readonly runFromRank: undefined;
}

/** Builds the reader; `signal` ends its calls. */
export function openReader(
  { settings, http, clock, monitor }: Workplace,
  signal: AbortSignal,
  withDetails: boolean,
): Reader {
  const { account, configuration } = settings;
  const rateLimit = new RateLimit(clock, configuration.ratelimit_per_hour);
  const client = laceworkClient(account, configuration, { clock, monitor, signal, http, rateLimit });
  const checked = serverFilters({ ...configuration, filters: undefined });
  return {
    client,
    rateLimit,
    query: new AlertQuery(client, monitor, checked, configuration.filters ?? []),
    isWanted: createAlertFilter(configuration),
    details: withDetails ? new AlertDetails(client, () => rateLimit.spare('details', 0)) : undefined,
    now: () => client.now(),
    tally: newTally(),
    runFromRank: undefined,
  };
}

/** The part of the range that Lacework answers for; what lies before is named in a warning. */
export function withinReach(range: Window, { client }: Reader, { monitor }: Workplace): Window {
  const reach = client.now() - REACH_MS;
  if (range.from >= reach) return range;
  monitor.report(messages.gap({ gap: { from: range.from, to: Math.min(range.to, reach) } }));
  return { from: Math.min(reach, range.to), to: range.to };
}
