import { type AlertContent, contentOf, type DerivedFields } from './alert-content.js';
import { containsText } from './contains-text.js';
import { cutMessage } from './cut-message.js';
import { readDescription } from './description.js';
import { type EntityFacts, type EntityFields, readEntityMap } from './entity-map.js';
import { writeEvent } from './event-json.js';
import { type EventFields, NO_FIELDS, type NonEmptyList } from './fields.js';
import { asObject, type Oddity } from './oddities.js';
import { DEFAULT_PROFILE, type Profile } from './profiles.js';
import type { ParsedAlert } from './read-alert.js';
import { type Moment, momentOf, readTimestamp } from './timestamp.js';

/** What an event depends on beside its alert. */
export interface EventOptions {
  /** The shape of the event; `2024-02` when absent. */
  readonly profile?: Profile | undefined;
  /** When the alert was collected: the event's time when the alert's own cannot be read. An RFC 3339 text, a Date, or milliseconds. */
  readonly collectedAt?: string | Date | number | undefined;
  /** The entity map of the alert's details, where the caller has fetched them; it takes the place of the alert's own. */
  readonly entityMap?: unknown;
}

/** An event before it is written. */
export interface AlertEvent {
  /** All fields but `message`, which is the alert's text; none for what is no alert. */
  readonly fields: EventFields;
  /** What was odd about the alert, each once. */
  readonly oddities: readonly Oddity[];
}

/** An event's JSON text that fits, and whether `message` was cut for it. */
export interface FittedEvent {
  /** Undefined when the event is too large even without `message`. */
  readonly json: string | undefined;
  readonly isCut: boolean;
}

/** The event that the alert becomes. */
export function buildEvent(alert: ParsedAlert, options: EventOptions): AlertEvent {
  const content = contentOf(alert, asObject(options.entityMap));
  return content === undefined ? { fields: {}, oddities: alert.oddities } : eventOf(content, options);
}

/** The event of an alert that says this. */
export function eventOf(content: AlertContent, options: Omit<EventOptions, 'entityMap'>): AlertEvent {
  const { startTime, derived, subject, description, entityMap } = content;
  const said = readDescriptionWithin(subject, description, options.profile ?? DEFAULT_PROFILE);
  const fields: EventFields = {
    ...NO_FIELDS,
    'event.category': derived && [categoryOf(derived)],
    'event.code': content.alertType,
    'event.end': content.endTime,
    'event.kind': 'alert',
    'event.reason': content.alertName,
    'event.start': startTime,
    'event.type': derived && [typeOf(derived, content.alertType)],
    '@timestamp': startTime ?? readMoment(options.collectedAt)?.utc,
    'lacework.cloud_security.account.name': said?.account,
    'lacework.cloud_security.alert.id': content.id,
    'lacework.cloud_security.alert.info.description': description,
    'lacework.cloud_security.alert.info.subject': subject,
    'lacework.cloud_security.alert.severity': content.severity,
    'lacework.cloud_security.alert.sight': said && String(said.sight),
    'lacework.cloud_security.alert.status': content.status,
    'lacework.cloud_security.company.name': said?.company,
    'observer.product': 'Lacework Cloud Security',
    'observer.vendor': 'Lacework',
    'related.ip': listOf(said?.ip),
    'related.user': listOf(said?.person.name),
    'service.name': said?.service,
    'source.address': said?.ip,
    'source.ip': said?.ip,
    'user.email': said?.person.email,
    'user.id': said?.person.id,
    'user.name': said?.person.name,
  };
  if (entityMap === undefined) return { fields, oddities: content.oddities };
  const oddities = [...content.oddities];
  addEntities(fields, readEntityMap(entityMap), oddities);
  return { fields, oddities };
}

/** Writes the event in at most `maxBytes` bytes of UTF-8; `message` is cut at the end of a character, and marked, where need be. */
export function fitEvent(message: string, fields: EventFields, maxBytes: number): FittedEvent {
  const json = writeEvent(message, fields);
  // A UTF-16 code unit takes at most three bytes.
  if (json.length * 3 <= maxBytes || Buffer.byteLength(json) <= maxBytes) return { json, isCut: false };
  const marked: EventFields = { ...fields, 'lacework.cloud_security.alert.message_truncated': true };
  const rest = Buffer.byteLength(writeEvent('', marked)) - '""'.length;
  const cut = cutMessage(message, maxBytes - rest);
  return cut === '' ? { json: undefined, isCut: false } : { json: writeEvent(cut, marked), isCut: true };
}

function readMoment(time: string | Date | number | undefined): Moment | undefined {
  if (time === undefined) return undefined;
  return typeof time === 'string' ? readTimestamp(time) : momentOf(time);
}

function categoryOf({ category, subCategory }: DerivedFields): string {
  if (category === 'Composite') return 'intrusion_detection';
  if (subCategory === 'File') return 'file';
  if (subCategory === 'Registry') return 'registry';
  return subCategory === 'Threat Intel' ? 'network' : 'configuration';
}

function typeOf({ subCategory }: DerivedFields, alertType = ''): string {
  if (subCategory !== 'Registry') return 'info';
  if (alertType.includes('New')) return 'creation';
  return alertType.includes('Changed') ? 'change' : 'access';
}

/** Reads a description only where the subject repeats it as it stands: others are written for people alone. */
function readDescriptionWithin(subject: string | undefined, description: string | undefined, profile: Profile) {
  if (subject === undefined || description === undefined || !containsText(subject, description)) return undefined;
  return readDescription(description, profile);
}

/** Adds what the entity map says where the description said nothing, and every user name and address. */
function addEntities(fields: EventFields, facts: EntityFacts, oddities: Oddity[]): void {
  for (const name of Object.keys(facts.fields) as (keyof EntityFields)[]) fields[name] ??= facts.fields[name];
  fields['source.address'] = fields['source.ip'];
  fields['related.user'] = withoutRepeats(fields['related.user'], facts.users);
  fields['related.ip'] = withoutRepeats(fields['related.ip'], facts.addresses);
  if (facts.isOdd) oddities.push('an entity of entityMap is neither an object nor text');
}

function withoutRepeats(first: readonly string[] = [], more: readonly string[]): NonEmptyList | undefined {
  const [one, ...others] = new Set([...first, ...more]);
  return one === undefined ? undefined : [one, ...others];
}

function listOf(value: string | undefined): NonEmptyList | undefined {
  return value === undefined ? undefined : [value];
}
