import { exactAlertId } from './exact-integer.js';
import { asObject, asText, type Oddity } from './oddities.js';
import { type Moment, readTimestamp } from './timestamp.js';

/** One alert as its text says, read once: what is missing or wrongly typed is undefined, and named in `oddities`. */
export interface ParsedAlert {
  /** The alert's exact source text. */
  readonly text: string;
  /** Every member of the alert as JSON.parse gives it; undefined when the text is no JSON object. */
  readonly members: Readonly<Record<string, unknown>> | undefined;
  /** False when the text is no JSON at all: cut out of a page, it means that the page is broken. */
  readonly isJson: boolean;
  /** The exact decimal digits of `alertId`. */
  readonly id: string | undefined;
  readonly startTime: Moment | undefined;
  readonly endTime: Moment | undefined;
  readonly alertType: string | undefined;
  readonly alertName: string | undefined;
  readonly severity: string | undefined;
  readonly status: string | undefined;
  readonly oddities: readonly Oddity[];
}

/**
 * Reads an alert's JSON text; never throws. The members are narrowed by hand rather than by a schema: this runs once for every
 * alert of a backlog of a million, and a wrong member must cost only itself.
 */
export function readAlert(text: string): ParsedAlert {
  const parsed = parseJson(text);
  const members = asObject(parsed);
  if (members === undefined) return noAlert(text, parsed !== undefined);
  const oddities: Oddity[] = [];
  return {
    text,
    members,
    isJson: true,
    id: readId(text, members['alertId'], oddities),
    startTime: readTime(members['startTime'], 'startTime', oddities),
    endTime: readTime(members['endTime'], 'endTime', oddities),
    alertType: asText(members['alertType'], 'alertType', oddities),
    alertName: asText(members['alertName'], 'alertName', oddities),
    severity: asText(members['severity'], 'severity', oddities),
    status: asText(members['status'], 'status', oddities),
    oddities,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noAlert(text: string, isJson: boolean): ParsedAlert {
  return {
    text,
    members: undefined,
    isJson,
    id: undefined,
    startTime: undefined,
    endTime: undefined,
    alertType: undefined,
    alertName: undefined,
    severity: undefined,
    status: undefined,
    oddities: [isJson ? 'the alert is not an object' : 'the text is not JSON'],
  };
}

function readId(text: string, value: unknown, oddities: Oddity[]): string | undefined {
  const id = typeof value === 'number' ? exactAlertId(text, value) : undefined;
  if (value === undefined || value === null) oddities.push('alertId is missing');
  else if (id === undefined) oddities.push('alertId is not an integer');
  return id;
}

function readTime(value: unknown, field: 'startTime' | 'endTime', oddities: Oddity[]): Moment | undefined {
  const moment = typeof value === 'string' ? readTimestamp(value) : undefined;
  if (value === undefined || value === null) oddities.push(`${field} is missing`);
  else if (moment === undefined) oddities.push(`${field} is not a time`);
  return moment;
}
