import { believableAlert } from '../../../emulator/believable-alerts.js';
import { alertKinds } from '../../../emulator/believable-kinds.js';
import { seededRandom } from '../../../emulator/seeded-random.js';
import type { FieldName } from '../../../normalizer/fields.js';
import { normalizeAlert } from '../../../normalizer/normalize-alert.js';

/** Types of alert on which a field is filled. */
export interface ExampleTypes {
  /** By what the list of alerts says of them. */
  readonly listed: readonly string[];
  /** Only with the alert's details. */
  readonly detailed: readonly string[];
}

/** Finds them by normalizing an alert of each kind that the emulator knows. */
export function exampleTypes(field: FieldName): ExampleTypes {
  const found = { listed: [] as string[], detailed: [] as string[] };
  for (const kind of alertKinds) {
    const { text, entityMap } = believableAlert(seededRandom(1), { id: 1, startTime: 0 }, kind);
    if (hasField(normalizeAlert(text).event, field)) found.listed.push(kind.type);
    else if (hasField(normalizeAlert(text, { entityMap: JSON.parse(entityMap) }).event, field)) {
      found.detailed.push(kind.type);
    }
  }
  return found;
}

function hasField(event: unknown, field: FieldName): boolean {
  const value = field.split('.').reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], event);
  return value !== undefined;
}
