import { buildEvent, type EventOptions } from './build-event.js';
import { type EcsEvent, eventObject, writeEvent } from './event-json.js';
import type { Oddity } from './oddities.js';
import { readAlert } from './read-alert.js';

export type { EventOptions } from './build-event.js';
export type { EcsEvent } from './event-json.js';
export type { Oddity } from './oddities.js';
export { DEFAULT_PROFILE, PROFILES, type Profile } from './profiles.js';

/** An alert in the Elastic Common Schema. */
export interface NormalizedAlert {
  /** The event's JSON text; an identifier beyond 2^53 has its exact digits here. */
  readonly json: string;
  /** The same event as an object; an identifier beyond 2^53 is a bigint, which JSON.stringify refuses. */
  readonly event: EcsEvent;
  /** What was odd about the alert, in words; empty for nearly all. */
  readonly oddities: readonly Oddity[];
}

/**
 * Turns one Lacework alert, given as its exact JSON text, into an ECS event. Pure and total: the same text and options give the
 * same event, nothing throws, and the time is proportional to the length of the text. What cannot be read is left out and named in
 * `oddities`; `message` is always the text itself. The one bound is V8's: an event's text beyond 512 Mi characters is a RangeError,
 * which an alert of up to 85 MiB of UTF-8 cannot come to.
 */
export function normalizeAlert(text: string, options: EventOptions = {}): NormalizedAlert {
  const { fields, oddities } = buildEvent(readAlert(text), options);
  return { json: writeEvent(text, fields), event: eventObject(text, fields), oddities };
}
