import type { ByteWindow } from '../alert-bytes/byte-window.js';
import { type AlertHead, readHead } from '../alert-bytes/read-head.js';
import { elementText } from '../lacework/element-text.js';
import type { AlertContent } from '../normalizer/alert-content.js';
import { type AlertEvent, buildEvent, type EventOptions, eventOf } from '../normalizer/build-event.js';
import { asObject, type Oddity } from '../normalizer/oddities.js';
import { type ParsedAlert, readAlert } from '../normalizer/read-alert.js';
import { withoutEndingZeros } from '../normalizer/timestamp.js';
import type { Filterable } from './alert-filter.js';
import { type AlertKey, alertKey, idOfKey } from './alert-key.js';
import type { AlertPlace } from './escaped-alert.js';
import { fingerprint } from './fingerprint.js';

/** What an alert is known by: all that is asked before it is forwarded. */
export interface AlertFacts extends AlertKey, Filterable {
  /** The exact digits of alertId. */
  readonly id: string | undefined;
  readonly fingerprint: number;
  /** startTime, in milliseconds since 1970. */
  readonly startMs: number | undefined;
}

const NONE: readonly Oddity[] = [];

/** One alert of a page. Nearly all are written so that they need not be parsed. */
export class PageAlert implements AlertPlace {
  readonly window: ByteWindow;
  readonly start: number;
  readonly end: number;
  /** Good until other bytes are looked at, so not across an await. */
  readonly facts: AlertFacts;
  readonly #head: AlertHead | undefined;
  #parsed: ParsedAlert | undefined;

  constructor(window: ByteWindow, start: number, end: number, isUtf8: boolean) {
    this.window = window;
    this.start = start;
    this.end = end;
    this.#head = isUtf8 ? readHead(window, start, end) : undefined;
    this.facts = this.#head ?? factsOf(this.parsed);
  }

  /** The alert, parsed. */
  get parsed(): ParsedAlert {
    this.#parsed ??= readAlert(elementText(this.window.bytes, this.start, this.end));
    return this.#parsed;
  }

  /** Its id as written, where that is not the number it is known by. */
  get unusualId(): string | undefined {
    if (this.#head !== undefined) return undefined;
    const { id } = this.facts;
    return id === idOfKey(this.facts) ? undefined : id;
  }

  /** The event that it becomes; to be asked for while its facts are good. */
  event(options: EventOptions): AlertEvent {
    if (!this.#head?.isWhole) return buildEvent(this.parsed, options);
    return eventOf(contentOfHead(this.#head, asObject(options.entityMap)), options);
  }

  /** What is odd about it in itself: nothing, when it need not be parsed. */
  get oddities(): readonly Oddity[] {
    return this.#parsed?.oddities ?? NONE;
  }
}

/** What a whole head says; nothing about it is odd. */
function contentOfHead(head: AlertHead, entityMap: AlertContent['entityMap']): AlertContent {
  return {
    id: head.id,
    startTime: withoutEndingZeros(head.startTime),
    endTime: withoutEndingZeros(head.endTime),
    alertType: head.alertType || undefined,
    alertName: head.alertName || undefined,
    severity: head.severity || undefined,
    status: head.status || undefined,
    subject: head.subject || undefined,
    description: head.description || undefined,
    derived: { category: head.category || undefined, subCategory: head.subCategory || undefined },
    entityMap,
    oddities: NONE,
  };
}

function factsOf({ id, text, startTime, members, severity, alertType }: ParsedAlert): AlertFacts {
  const info = asObject(members?.['alertInfo']);
  const derived = asObject(members?.['derivedFields']);
  const { high, low } = alertKey(id, text);
  return {
    high,
    low,
    id,
    fingerprint: fingerprint({
      status: members?.['status'],
      severity: members?.['severity'],
      endTime: members?.['endTime'],
      alertName: members?.['alertName'],
      subject: info?.['subject'],
      description: info?.['description'],
    }),
    startMs: startTime?.ms,
    severity,
    alertType,
    category: derived?.['category'],
    source: derived?.['source'],
  };
}
