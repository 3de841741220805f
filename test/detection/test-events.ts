import type { AlertKind } from '../../lib/emulator/alert-kind.js';
import { believableAlert } from '../../lib/emulator/believable-alerts.js';
import { alertKinds } from '../../lib/emulator/believable-kinds.js';
import { seededRandom } from '../../lib/emulator/seeded-random.js';
import { type EcsEvent, normalizeAlert } from '../../lib/normalizer/normalize-alert.js';

/** What a test says of an alert; the rest is as on a policy about AWS. */
export interface Written {
  readonly type: string;
  readonly name?: string;
  readonly category?: AlertKind['category'];
  readonly subCategory?: string;
  readonly severity?: AlertKind['severities'][number];
  readonly description?: string;
  readonly entities?: Record<string, readonly unknown[]>;
}

/** The event that a written alert becomes, with its details. */
export function writtenEvent(written: Written): EcsEvent {
  const { type, name = type, category = 'Policy', subCategory = 'Cloud Activity', severity = 'Medium' } = written;
  return eventOf({
    type,
    name,
    category,
    subCategory,
    source: 'AWS',
    severities: [severity],
    description: () =>
      written.description ?? ` For account: 123456789012  : ${name} happened 3 times  by user  jane.doe    `,
    entities: () => written.entities ?? {},
  });
}

/** The event of an alert of a kind that the emulator knows, with its details. */
export function believableEvent(type: string): EcsEvent {
  const kind = alertKinds.find((known) => known.type === type);
  if (kind === undefined) throw new Error(`The emulator knows no alert of the type ${type}.`);
  return eventOf(kind);
}

/** The event of an alert of the given kind, normalized as the trigger does it with `fetch_details`. */
export function eventOf(kind: AlertKind): EcsEvent {
  const { text, entityMap } = believableAlert(seededRandom(7), { id: 205, startTime: Date.UTC(2026, 10, 24, 9) }, kind);
  const { event, oddities } = normalizeAlert(text, { entityMap: JSON.parse(entityMap) });
  if (oddities.length > 0) throw new Error(`The alert ${text} is odd: ${oddities.join(', ')}.`);
  return event;
}
