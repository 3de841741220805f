import { containsText } from './contains-text.js';
import { cutMessage } from './cut-message.js';
import { readDescription } from './description.js';
import { type EntityFacts, type EntityFields, readEntityMap } from './entity-map.js';
import { writeEvent } from './event-json.js';
import { type EventFields, NO_FIELDS, type NonEmptyList } from './fields.js';
import { asObject, asText, type Oddity } from './oddities.js';
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
  readonly message: string;
  /** All fields but `message`; none for what is no alert. */
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

/** What Lacework derived of an alert. */
interface DerivedFields {
  readonly category: string | undefined;
  readonly subCategory: string | undefined;
}

/** The event that the alert becomes. */
export function buildEvent(alert: ParsedAlert, options: EventOptions): AlertEvent {
  const { members } = alert;
  if (members === undefined) return { message: alert.text, fields: {}, oddities: alert.oddities };
  const oddities = [...alert.oddities];
  const derived = readDerived(members['derivedFields'], oddities);
  const entityMap = asObject(options.entityMap) ?? readEntities(members['entityMap'], oddities);
  const { subject, description } = readInfo(members['alertInfo'], oddities);
  const said = readDescriptionWithin(subject, description, options.profile ?? DEFAULT_PROFILE);
  const fields: EventFields = {
    ...NO_FIELDS,
    'event.category': derived && [categoryOf(derived)],
    'event.code': alert.alertType,
    'event.end': alert.endTime?.utc,
    'event.kind': 'alert',
    'event.reason': alert.alertName,
    'event.start': alert.startTime?.utc,
    'event.type': derived && [typeOf(derived, alert.alertType)],
    '@timestamp': (alert.startTime ?? readMoment(options.collectedAt))?.utc,
    'lacework.cloud_security.account.name': said?.account,
    'lacework.cloud_security.alert.id': alert.id,
    'lacework.cloud_security.alert.info.description': description,
    'lacework.cloud_security.alert.info.subject': subject,
    'lacework.cloud_security.alert.severity': alert.severity,
    'lacework.cloud_security.alert.sight': said && String(said.sight),
    'lacework.cloud_security.alert.status': alert.status,
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
  if (entityMap !== undefined) addEntities(fields, readEntityMap(entityMap), oddities);
  return { message: alert.text, fields, oddities };
}

/** Writes the event in at most `maxBytes` bytes of UTF-8; `message` is cut at the end of a character, and marked, where need be. */
export function fitEvent({ message, fields }: AlertEvent, maxBytes: number): FittedEvent {
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

/** The object, or undefined; a value of another type is odd, no value is not: it comes with the details, which lists are without. */
function readEntities(value: unknown, oddities: Oddity[]): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return undefined;
  return objectNamed(value, 'entityMap', oddities);
}

/** The object, or undefined; what is missing or of another type is added to `oddities`. */
function objectNamed(value: unknown, field: 'derivedFields' | 'entityMap' | 'alertInfo', oddities: Oddity[]) {
  const object = asObject(value);
  if (object === undefined) {
    oddities.push(value === undefined || value === null ? `${field} is missing` : `${field} is not an object`);
  }
  return object;
}

function readDerived(value: unknown, oddities: Oddity[]): DerivedFields | undefined {
  const derived = objectNamed(value, 'derivedFields', oddities);
  if (derived === undefined) return undefined;
  return {
    category: derivedText(derived['category'], 'derivedFields.category', oddities),
    subCategory: derivedText(derived['sub_category'], 'derivedFields.sub_category', oddities),
  };
}

/** The text, or undefined; a value of another type is odd, no value is not. */
function derivedText(
  value: unknown,
  field: 'derivedFields.category' | 'derivedFields.sub_category',
  oddities: Oddity[],
): string | undefined {
  return value === undefined || value === null ? undefined : asText(value, field, oddities);
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

function readInfo(
  value: unknown,
  oddities: Oddity[],
): { subject?: string | undefined; description?: string | undefined } {
  const info = objectNamed(value, 'alertInfo', oddities);
  if (info === undefined) return {};
  return {
    subject: asText(info['subject'], 'alertInfo.subject', oddities),
    description: asText(info['description'], 'alertInfo.description', oddities),
  };
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
