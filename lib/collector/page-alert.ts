import type { ByteWindow } from '../alert-bytes/byte-window.js';
import { readHead } from '../alert-bytes/read-head.js';
import { elementText } from '../lacework/element-text.js';
import { asObject, type Oddity } from '../normalizer/oddities.js';
import { type ParsedAlert, readAlert } from '../normalizer/read-alert.js';
import type { Filterable } from './alert-filter.js';
import { type AlertKey, alertKey } from './alert-key.js';
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

/** One alert of a page. Most have been delivered before, which can be seen without parsing them. */
export class PageAlert implements AlertPlace {
  readonly window: ByteWindow;
  readonly start: number;
  readonly end: number;
  /** Good until other bytes are looked at, so not across an await. */
  readonly facts: AlertFacts;
  #parsed: ParsedAlert | undefined;

  /** `byHead`: whether to try to do without parsing; only where the page is valid UTF-8. */
  constructor(window: ByteWindow, start: number, end: number, byHead: boolean) {
    this.window = window;
    this.start = start;
    this.end = end;
    this.facts = (byHead ? readHead(window, start, end) : undefined) ?? factsOf(this.parsed);
  }

  /** The alert, parsed. */
  get parsed(): ParsedAlert {
    this.#parsed ??= readAlert(elementText(this.window.bytes, this.start, this.end));
    return this.#parsed;
  }

  /** What is odd about it in itself: nothing, when it need not be parsed. */
  get oddities(): readonly Oddity[] {
    return this.#parsed?.oddities ?? NONE;
  }
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
