import { containsText } from './contains-text.js';
import { cutMessage } from './cut-message.js';
import { readDescription } from './description.js';
import { type EntityFields, readEntityMap } from './entity-map.js';
import { writeEvent } from './event-json.js';
import type { EventFields } from './fields.js';
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

/** The event that the alert becomes. */
export function buildEvent(alert: ParsedAlert, options: EventOptions): AlertEvent {
  const { members } = alert;
  if (members === undefined) return { message: alert.text, fields: {}, oddities: alert.oddities };
  const oddities = [...alert.oddities];
  const fields: EventFields = {
    'event.kind': 'alert',
    'event.code': alert.alertType,
    'event.reason': alert.alertName,
    'event.start': alert.startTime?.utc,
    'event.end': alert.endTime?.utc,
    '@timestamp': (alert.startTime ?? readMoment(options.collectedAt))?.utc,
    'lacework.cloud_security.alert.id': alert.id,
    'lacework.cloud_security.alert.severity': alert.severity,
    'lacework.cloud_security.alert.status': alert.status,
    'observer.vendor': 'Lacework',
    'observer.product': 'Lacework Cloud Security',
  };
  setKind(fields, alert, objectNamed(members['derivedFields'], 'derivedFields', oddities));
  const entities = asObject(options.entityMap) ?? objectNamed(members['entityMap'], 'entityMap', oddities);
  setInfo(fields, members['alertInfo'], options.profile ?? DEFAULT_PROFILE, oddities);
  setRelated(fields, entities);
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

/** The object, or undefined; a value of another type is odd, no value is not. */
function objectNamed(value: unknown, field: 'derivedFields' | 'entityMap', oddities: Oddity[]) {
  const object = asObject(value);
  if (object === undefined && value !== undefined && value !== null) oddities.push(`${field} is not an object`);
  return object;
}

function setKind(
  fields: EventFields,
  alert: ParsedAlert,
  derived: Readonly<Record<string, unknown>> | undefined,
): void {
  if (derived === undefined) return;
  fields['event.category'] = [categoryOf(derived['category'], derived['sub_category'])];
  fields['event.type'] = [derived['sub_category'] === 'Registry' ? registryType(alert.alertType ?? '') : 'info'];
}

function categoryOf(category: unknown, subCategory: unknown): string {
  if (category === 'Composite') return 'intrusion_detection';
  if (subCategory === 'File') return 'file';
  if (subCategory === 'Registry') return 'registry';
  return subCategory === 'Threat Intel' ? 'network' : 'configuration';
}

function registryType(alertType: string): string {
  if (alertType.includes('New')) return 'creation';
  return alertType.includes('Changed') ? 'change' : 'access';
}

function setInfo(fields: EventFields, value: unknown, profile: Profile, oddities: Oddity[]): void {
  const info = asObject(value);
  if (info === undefined) {
    oddities.push(value === undefined || value === null ? 'alertInfo is missing' : 'alertInfo is not an object');
    return;
  }
  const subject = asText(info['subject'], 'alertInfo.subject', oddities);
  const description = asText(info['description'], 'alertInfo.description', oddities);
  fields['lacework.cloud_security.alert.info.subject'] = subject;
  fields['lacework.cloud_security.alert.info.description'] = description;
  if (subject === undefined || description === undefined || !containsText(subject, description)) return;
  const { account, company, person, service, ip, sight } = readDescription(description, profile);
  fields['lacework.cloud_security.alert.sight'] = String(sight);
  fields['lacework.cloud_security.account.name'] = account;
  fields['lacework.cloud_security.company.name'] = company;
  fields['service.name'] = service;
  fields['source.ip'] = ip;
  fields['user.email'] = person.email;
  fields['user.id'] = person.id;
  fields['user.name'] = person.name;
}

/** Adds what the entity map says where the description said nothing, and lists every user name and address. */
function setRelated(fields: EventFields, entityMap: Readonly<Record<string, unknown>> | undefined): void {
  const users = new Set(listOf(fields['user.name']));
  const addresses = new Set(listOf(fields['source.ip']));
  if (entityMap !== undefined) {
    const facts = readEntityMap(entityMap);
    for (const user of facts.users) users.add(user);
    for (const address of facts.addresses) addresses.add(address);
    for (const name of Object.keys(facts.fields) as (keyof EntityFields)[]) fields[name] ??= facts.fields[name];
  }
  fields['source.address'] = fields['source.ip'];
  if (users.size > 0) fields['related.user'] = [...users];
  if (addresses.size > 0) fields['related.ip'] = [...addresses];
}

function listOf(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}
