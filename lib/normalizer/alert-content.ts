import { asObject, asText, type Oddity } from './oddities.js';
import type { ParsedAlert } from './read-alert.js';

/** What an event is made of; what the alert does not say is undefined. */
export interface AlertContent {
  /** The exact decimal digits of `alertId`. */
  readonly id: string | undefined;
  /** `YYYY-MM-DDTHH:MM:SSZ`, with a fraction only when it is not zero. */
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly alertType: string | undefined;
  readonly alertName: string | undefined;
  readonly severity: string | undefined;
  readonly status: string | undefined;
  readonly subject: string | undefined;
  readonly description: string | undefined;
  readonly derived: DerivedFields | undefined;
  readonly entityMap: Readonly<Record<string, unknown>> | undefined;
  /** What was odd about the alert, each once. */
  readonly oddities: readonly Oddity[];
}

/** What Lacework derived of an alert. */
export interface DerivedFields {
  readonly category: string | undefined;
  readonly subCategory: string | undefined;
}

/**
 * The content of an alert that was parsed; undefined for what is no alert. An `entityMap` that is given takes the place of its own.
 */
export function contentOf(alert: ParsedAlert, entityMap: AlertContent['entityMap']): AlertContent | undefined {
  const { members } = alert;
  if (members === undefined) return undefined;
  const oddities = [...alert.oddities];
  const derived = readDerived(members['derivedFields'], oddities);
  const entities = entityMap ?? readEntityMap(members['entityMap'], oddities);
  const info = objectNamed(members['alertInfo'], 'alertInfo', oddities);
  return {
    id: alert.id,
    startTime: alert.startTime?.utc,
    endTime: alert.endTime?.utc,
    alertType: alert.alertType,
    alertName: alert.alertName,
    severity: alert.severity,
    status: alert.status,
    subject: info && asText(info['subject'], 'alertInfo.subject', oddities),
    description: info && asText(info['description'], 'alertInfo.description', oddities),
    derived,
    entityMap: entities,
    oddities,
  };
}

/** The object, or undefined; a value of another type is odd, no value is not: it comes with the details, which lists are without. */
function readEntityMap(value: unknown, oddities: Oddity[]): Readonly<Record<string, unknown>> | undefined {
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
