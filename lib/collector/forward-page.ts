import { ByteWindow } from '../alert-bytes/byte-window.js';
import { deliveryMessages } from '../delivery-messages.js';
import type { AlertPage } from '../lacework/alert-pages.js';
import { fitEvent } from '../normalizer/build-event.js';
import { writeEscapedRest } from '../normalizer/event-json.js';
import type { ParsedAlert } from '../normalizer/read-alert.js';
import type { AlertDetails } from './alert-details.js';
import { severityRank } from './alert-filter.js';
import type { DeadLetter } from './dead-letters.js';
import { eventWithMessage, rawEvent } from './escaped-alert.js';
import { entryOf, type Forwarding, isInScope } from './forwarding.js';
import { PageAlert } from './page-alert.js';
import { persist } from './persist.js';
import { countOddity } from './poll-tally.js';
import { SeenEntries } from './seen-entries.js';
import type { SeenEntry } from './seen-table.js';

/** The largest event that the intake takes, in bytes of UTF-8. */
const MAX_EVENT_BYTES = 250 * 1024;
const TOO_LARGE = 'larger than 250 KiB';

/** What forwarding a page needs. */
export interface PageForwarding extends Forwarding {
  readonly details: AlertDetails | undefined;
}

/** How many alerts of a page are larger than the intake takes. */
interface Oversize {
  /** Forwarded with `message` cut. */
  cut: number;
  /** Not forwarded. */
  kept: number;
}

interface NewAlert {
  readonly alert: PageAlert;
  readonly entry: SeenEntry;
  readonly isUpdate: boolean;
}

/** What is known of the page that an alert is from. */
interface Origin {
  readonly isUtf8: boolean;
  /**
   * The server's time before the first alert. However long the page takes, an alert counts as met then: the poll began earlier
   * still.
   */
  readonly now: number;
  readonly oversize: Oversize;
}

/** Forwards the alerts of a page that have not been delivered, or have changed since. */
export async function forwardPage(page: AlertPage, forwarding: PageForwarding): Promise<void> {
  const { bytes, offsets, invalidUtf8 } = page;
  const { tally, monitor } = forwarding;
  if (invalidUtf8 > 0) countOddity(tally, 'the page has bytes that are not UTF-8', invalidUtf8);
  monitor.heartbeat();
  const entityMaps = await forwarding.details?.fetchFor(page, forwarding);
  const changedOnly = new SeenEntries(0);
  const origin: Origin = { isUtf8: invalidUtf8 === 0, now: forwarding.now(), oversize: { cut: 0, kept: 0 } };
  const window = new ByteWindow(bytes);
  for (let at = 0; at < offsets.length; at += 2) {
    const alert = new PageAlert(window, offsets[at] as number, offsets[at + 1] as number, origin.isUtf8);
    const chosen = choose(alert, origin, forwarding, changedOnly);
    if (chosen === undefined) continue;
    forwarding.seen.take(chosen.entry);
    const waiting = forward(chosen, entityMaps?.get(at), origin, forwarding);
    // Awaiting what is not a promise would cost a turn of the event loop for each alert.
    if (waiting !== undefined) await waiting;
  }
  reportOversize(origin.oversize, forwarding);
  if (changedOnly.count === 0) return;
  // A change of an alert that is itself on its way must not be on record before the alert.
  await forwarding.delivery.settle();
  await persist(() => forwarding.seen.record(changedOnly, forwarding.seen.nextNumber()), forwarding);
}

/** The alert, when it is to be forwarded; a change that is not to be is added to `changedOnly`, for the record. */
function choose(
  alert: PageAlert,
  { now }: Origin,
  forwarding: Forwarding,
  changedOnly: SeenEntries,
): NewAlert | undefined {
  const { seen, tally, configuration } = forwarding;
  const { facts } = alert;
  tally.seen += 1;
  if (!isInScope(facts, forwarding)) {
    tally.filtered += 1;
    return undefined;
  }
  const verdict = seen.judge(facts, facts.fingerprint);
  if (verdict === 'known') return undefined;
  const entry = entryOf(facts, now);
  if (verdict === 'new') return { alert, entry, isUpdate: false };
  if (configuration.forward_updates) return { alert, entry, isUpdate: true };
  seen.take(entry);
  changedOnly.add(entry);
  return undefined;
}

function forward(
  chosen: NewAlert,
  entityMap: unknown,
  { isUtf8, now, oversize }: Origin,
  forwarding: Forwarding,
): void | Promise<void> {
  const { alert, entry, isUpdate } = chosen;
  const { facts } = alert;
  const { tally, delivery, configuration, runFromRank } = forwarding;
  if (isUpdate) tally.changed += 1;
  else tally.fresh += 1;
  if (facts.startMs !== undefined) tally.newestStart = Math.max(facts.startMs, tally.newestStart ?? 0);
  const startsRun = !isUpdate && runFromRank !== undefined && (severityRank(facts.severity) ?? -1) >= runFromRank;
  const outgoing = { entry, unusualId: alert.unusualId, startsRun };
  const length = alert.end - alert.start;
  if (configuration.event_format === 'raw') {
    for (const oddity of alert.oddities) countOddity(tally, oddity);
    // What is not UTF-8 is sent as what is read in its place.
    const exceeds = isUtf8 ? length > MAX_EVENT_BYTES : Buffer.byteLength(alert.parsed.text) > MAX_EVENT_BYTES;
    if (exceeds) return keepWhole(alert.parsed, entry, oversize, forwarding);
    return delivery.add(isUtf8 ? rawEvent(alert) : alert.parsed.text, outgoing);
  }
  const { fields, oddities } = alert.event({
    profile: configuration.normalization_profile,
    collectedAt: now,
    entityMap,
  });
  for (const oddity of oddities) countOddity(tally, oddity);
  if (isUtf8) {
    const rest = writeEscapedRest(fields);
    if (rest.length * 3 + length * 6 <= MAX_EVENT_BYTES) return delivery.add(eventWithMessage(alert, rest), outgoing);
  }
  const { json, isCut } = fitEvent(alert.parsed.text, fields, MAX_EVENT_BYTES);
  if (json === undefined) return keepWhole(alert.parsed, entry, oversize, forwarding);
  if (!isCut) return delivery.add(json, outgoing);
  return keepFullText(alert.parsed, 'cut', 'message was cut to fit 250 KiB', forwarding).then(() => {
    oversize.cut += 1;
    return delivery.add(json, outgoing);
  });
}

/** An event that no intake takes goes to the dead letters at once, and counts as handled then. */
async function keepWhole(
  alert: ParsedAlert,
  entry: SeenEntry,
  oversize: Oversize,
  forwarding: Forwarding,
): Promise<void> {
  await keepFullText(alert, 'too_large', TOO_LARGE, forwarding);
  await persist(() => forwarding.seen.record(SeenEntries.of([entry]), forwarding.seen.nextNumber()), forwarding);
  oversize.kept += 1;
  forwarding.tally.deadLetters += 1;
  forwarding.metrics.discarded(1);
}

async function keepFullText(
  { id, text }: ParsedAlert,
  kind: DeadLetter['kind'],
  reason: string,
  forwarding: Forwarding,
): Promise<void> {
  const { deadLetters, clock } = forwarding;
  await persist(() => deadLetters.keep({ kind, reason, alertId: id, text }, clock.now()), forwarding);
}

function reportOversize({ cut, kept }: Oversize, { monitor, deadLetters: { where } }: Forwarding): void {
  if (cut > 0) monitor.report(deliveryMessages.cut({ count: cut, where }));
  if (kept > 0) monitor.report(deliveryMessages.deadLettered({ count: kept, reason: TOO_LARGE, where }));
}
