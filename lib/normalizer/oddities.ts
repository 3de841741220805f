/** The fields of an alert whose absence or type is noticed. */
type CheckedField =
  | 'alertId'
  | 'startTime'
  | 'endTime'
  | 'alertType'
  | 'alertName'
  | 'severity'
  | 'status'
  | 'alertInfo'
  | 'alertInfo.subject'
  | 'alertInfo.description'
  | 'derivedFields'
  | 'derivedFields.category'
  | 'derivedFields.sub_category'
  | 'entityMap';

/** What was odd about one alert, in words for a person; the number of different ones is small, so they can be counted. */
export type Oddity =
  | 'the text is not JSON'
  | 'the alert is not an object'
  | 'an entity of entityMap is neither an object nor text'
  | `${CheckedField} is ${'missing' | 'not text' | 'not an integer' | 'not a time' | 'not an object'}`;

/** The object behind a value of unknown type, or undefined when it is null, a list or a plain value. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A text with something in it, or undefined; what is missing or no text is added to `oddities`. */
export function asText(value: unknown, field: CheckedField, oddities: Oddity[]): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  oddities.push(value === undefined || value === null ? `${field} is missing` : `${field} is not text`);
  return undefined;
}
