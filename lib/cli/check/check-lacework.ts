import { laceworkClient } from '../../../triggers/clients.js';
import { serverFilters } from '../../collector/alert-filter.js';
import { AlertQuery } from '../../lacework/alert-query.js';
import type { LaceworkClient } from '../../lacework/client.js';
import { scanPage } from '../../lacework/page-elements.js';
import { RateLimit } from '../../lacework/rate-limit.js';
import { readableDuration } from '../../window.js';
import type { Workplace } from '../workplace.js';
import { attempt, type Finding, type OnFinding } from './finding.js';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 20_000;
/** Lacework's time is used in any case; a clock that is further off is worth a word. */
const SKEW_MS = 60_000;

/** The key, what it may read, the calls that are left, and the clock. */
export async function checkLacework(place: Workplace, onFinding: OnFinding): Promise<void> {
  const { account, configuration } = place.settings;
  const rateLimit = new RateLimit(place.clock, configuration.ratelimit_per_hour);
  const client = laceworkClient(account, configuration, { ...place, rateLimit, deadlineMs: DEADLINE_MS });
  const key = await attempt(place, () => checkKey(client));
  onFinding('key', key);
  if (key.status === 'failed') {
    for (const what of ['permissions', 'budget', 'clock']) {
      onFinding(what, { status: 'skipped', says: 'not looked at without a key that works' });
    }
    return;
  }
  onFinding('permissions', await attempt(place, () => checkPermissions(client, place)));
  onFinding('budget', checkBudget(rateLimit));
  onFinding('clock', checkClock(client.now() - place.clock.now()));
}

async function checkKey(client: LaceworkClient): Promise<Finding> {
  await client.connect();
  return { status: 'ok', says: `${client.host} accepts it` };
}

async function checkPermissions(client: LaceworkClient, { settings, monitor }: Workplace): Promise<Finding> {
  const { configuration } = settings;
  const checked = serverFilters({ ...configuration, filters: undefined });
  const query = new AlertQuery(client, monitor, checked, configuration.filters ?? []);
  const bytes = await query.firstPage({ from: client.now() - 24 * HOUR_MS, to: client.now() });
  return { status: 'ok', says: `alerts can be read: ${countAlerts(bytes)} began in the last 24 hours` };
}

function countAlerts(bytes: Buffer): number {
  if (bytes.length === 0) return 0;
  const scan = scanPage(bytes);
  return scan.kind === 'elements' ? (scan.paging.totalRows ?? scan.offsets.length / 2) : 0;
}

function checkBudget(rateLimit: RateLimit): Finding {
  const left = rateLimit.spare('alerts', 0);
  const says = `${left} of ${rateLimit.perHour} calls are left this hour`;
  return left > 0 ? { status: 'ok', says } : { status: 'warning', says: `${says}: collection will wait` };
}

function checkClock(behindMs: number): Finding {
  const off = `${readableDuration(Math.abs(behindMs))} ${behindMs > 0 ? 'behind' : 'ahead of'} Lacework's`;
  if (Math.abs(behindMs) < SKEW_MS) return { status: 'ok', says: "agrees with Lacework's" };
  return { status: 'warning', says: `${off}: set it (NTP). Lacework's time is used meanwhile` };
}
