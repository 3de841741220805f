import { deliveryMessages } from '../delivery-messages.js';
import type { AlertPage } from '../lacework/alert-pages.js';
import { elementText } from '../lacework/element-text.js';
import { buildEvent, fitEvent } from '../normalizer/build-event.js';
import { writeEscapedRest } from '../normalizer/event-json.js';
import { type ParsedAlert, readAlert } from '../normalizer/read-alert.js';
import type { AlertDetails } from './alert-details.js';
import { severityRank } from './alert-filter.js';
import type { DeadLetter } from './dead-letters.js';
import { type AsciiAlert, eventWithMessage, rawEvent } from './escaped-alert.js';
import { entryOf, type Forwarding, isInScope } from './forwarding.js';
import { persist } from './persist.js';
import { countOddity } from './poll-tally.js';
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
  readonly alert: ParsedAlert;
  readonly entry: SeenEntry;
  readonly isUpdate: boolean;
}

/** What an alert is written from: nearly always the bytes of its page. */
interface Source {
  readonly ascii: AsciiAlert | undefined;
  readonly entityMap: unknown;
}

/** Forwards the alerts of a page that have not been delivered, or have changed since. */
export async function forwardPage(page: AlertPage, forwarding: PageForwarding): Promise<void> {
  const { bytes, offsets, invalidUtf8 } = page;
  const { tally, monitor } = forwarding;
  if (invalidUtf8 > 0) countOddity(tally, 'the page has bytes that are not UTF-8', invalidUtf8);
  monitor.heartbeat();
  const entityMaps = await forwarding.details?.fetchFor(page, forwarding);
  const changedOnly: SeenEntry[] = [];
  const oversize: Oversize = { cut: 0, kept: 0 };
  for (let at = 0; at < offsets.length; at += 2) {
    const [start, end] = [offsets[at] as number, offsets[at + 1] as number];
    const text = elementText(bytes, start, end);
    const chosen = chooseAlert(text, forwarding, changedOnly);
    if (chosen === undefined) continue;
    forwarding.seen.take(chosen.entry);
    // Valid UTF-8 with as many characters as bytes is ASCII.
    const ascii = invalidUtf8 === 0 && text.length === end - start ? { bytes, start, end } : undefined;
    const waiting = forwardAlert(chosen, { ascii, entityMap: entityMaps?.get(at) }, oversize, forwarding);
    // Awaiting what is not a promise would cost a turn of the event loop for each alert.
    if (waiting !== undefined) await waiting;
  }
  reportOversize(oversize, forwarding);
  if (changedOnly.length === 0) return;
  // A change of an alert that is itself on its way must not be on record before the alert.
  await forwarding.delivery.settle();
  await persist(() => forwarding.seen.record(changedOnly, forwarding.seen.nextNumber()), forwarding);
}

/** The alert, when it is to be forwarded; a change that is not to be is added to `changedOnly`, for the record. */
function chooseAlert(text: string, forwarding: Forwarding, changedOnly: SeenEntry[]): NewAlert | undefined {
  const { seen, tally, configuration } = forwarding;
  tally.seen += 1;
  const alert = readAlert(text);
  if (!isInScope(alert, forwarding)) {
    tally.filtered += 1;
    return undefined;
  }
  const entry = entryOf(alert, forwarding);
  const verdict = seen.judge(entry, entry.fingerprint);
  if (verdict === 'known') return undefined;
  if (verdict === 'new') return { alert, entry, isUpdate: false };
  if (configuration.forward_updates) return { alert, entry, isUpdate: true };
  seen.take(entry);
  changedOnly.push(entry);
  return undefined;
}

function forwardAlert(
  { alert, entry, isUpdate }: NewAlert,
  { ascii, entityMap }: Source,
  oversize: Oversize,
  forwarding: Forwarding,
): void | Promise<void> {
  const { tally, delivery, configuration, runFromRank } = forwarding;
  if (isUpdate) tally.changed += 1;
  else tally.fresh += 1;
  if (alert.startTime !== undefined) tally.newestStart = Math.max(alert.startTime.ms, tally.newestStart ?? 0);
  const startsRun = !isUpdate && runFromRank !== undefined && (severityRank(alert.severity) ?? -1) >= runFromRank;
  const outgoing = { entry, id: alert.id, startsRun };
  if (configuration.event_format === 'raw') {
    for (const oddity of alert.oddities) countOddity(tally, oddity);
    if (byteLengthExceeds(alert.text, MAX_EVENT_BYTES)) return keepWhole(alert, entry, oversize, forwarding);
    return delivery.add(ascii === undefined ? alert.text : rawEvent(ascii), outgoing);
  }
  const event = buildEvent(alert, {
    profile: configuration.normalization_profile,
    collectedAt: forwarding.now(),
    entityMap,
  });
  for (const oddity of event.oddities) countOddity(tally, oddity);
  if (ascii !== undefined) {
    const rest = writeEscapedRest(event.fields);
    if (rest.length * 3 + (ascii.end - ascii.start) * 6 <= MAX_EVENT_BYTES) {
      return delivery.add(eventWithMessage(ascii, rest), outgoing);
    }
  }
  const { json, isCut } = fitEvent(event, MAX_EVENT_BYTES);
  if (json === undefined) return keepWhole(alert, entry, oversize, forwarding);
  if (!isCut) return delivery.add(json, outgoing);
  return keepFullText(alert, 'cut', 'message was cut to fit 250 KiB', forwarding).then(() => {
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
  await persist(() => forwarding.seen.record([entry], forwarding.seen.nextNumber()), forwarding);
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

function byteLengthExceeds(text: string, limit: number): boolean {
  return text.length > limit || (text.length * 3 > limit && Buffer.byteLength(text) > limit);
}
