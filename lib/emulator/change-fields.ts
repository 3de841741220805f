/** Fields of an alert that change while it is open. */
export interface AlertChanges {
  readonly alertName?: string;
  readonly severity?: string;
  readonly status?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly lastUserUpdatedTime?: string;
  readonly subject?: string;
  readonly description?: string;
}

/** The alert's text with the fields changed, every other byte as it was; a field that the text lacks is an error. */
export function changeFields(text: string, changes: AlertChanges): string {
  return Object.entries(changes).reduce((changed, [field, value]) => replaceField(changed, field, value), text);
}

function replaceField(text: string, field: string, value: string): string {
  const pattern = new RegExp(`("${field}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`);
  if (!pattern.test(text)) throw new RangeError(`The alert has no field ${field}.`);
  return text.replace(pattern, (_, name: string) => name + JSON.stringify(value));
}
