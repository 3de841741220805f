import { describe, expect, it } from '@jest/globals';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { entityMapDetails } from './written-corpus/entity-map-details.js';
import { entityMapFlat } from './written-corpus/entity-map-flat.js';
import { headsAndBodies } from './written-corpus/heads-and-bodies.js';
import { idsAndTimes } from './written-corpus/ids-and-times.js';
import { kindsOfAlerts } from './written-corpus/kinds-of-alerts.js';
import { oddInput } from './written-corpus/odd-input.js';
import { principals } from './written-corpus/principals.js';
import { secondReading } from './written-corpus/second-reading.js';
import { spacingAndCounts } from './written-corpus/spacing-and-counts.js';
import type { WrittenCase, WrittenEvent } from './written-corpus/written-case.js';

const topics: Readonly<Record<string, readonly WrittenCase[]>> = {
  'heads and bodies': headsAndBodies,
  principals,
  'spacing and counts': spacingAndCounts,
  'kinds of alerts': kindsOfAlerts,
  'ids and times': idsAndTimes,
  'entity maps of the details': entityMapDetails,
  'flat entity maps': entityMapFlat,
  'odd input': oddInput,
  'a second reading': secondReading,
};

/** The rules page alone says what each event is: the cases were written and committed before the code was run on them. */
describe.each(Object.entries(topics))('The corpus written from the rules: %s', (_, cases) => {
  it.each(cases)('$name ($rule), under 2024-02', ({ alert, collectedAt, event }) => {
    expectEvent(alert, { profile: '2024-02', ...(collectedAt && { collectedAt }) }, event);
  });

  it.each(cases)('$name ($rule), under 2025-08', ({ alert, collectedAt, event, in2025 }) => {
    expectEvent(alert, { profile: '2025-08', ...(collectedAt && { collectedAt }) }, { ...event, ...in2025 });
  });
});

function expectEvent(alert: string, options: Parameters<typeof normalizeAlert>[1], expected: WrittenEvent): void {
  const { event, json } = normalizeAlert(alert, options);
  expect(event).toStrictEqual(nested({ message: alert, ...expected }));
  expect(JSON.parse(json)).toStrictEqual(JSON.parse(JSON.stringify(event, bigintAsNumber)));
  for (const value of Object.values(expected))
    if (typeof value === 'bigint') expect(json).toMatch(new RegExp(`"id":${value}[,}]`));
}

/** Makes objects of dotted names. */
function nested(flat: WrittenEvent): unknown {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(flat)) {
    if (value === undefined) continue;
    const keys = name.split('.');
    const last = keys.pop() as string;
    let parent = root;
    for (const key of keys) {
      parent[key] ??= {};
      parent = parent[key] as Record<string, unknown>;
    }
    parent[last] = value;
  }
  return root;
}

function bigintAsNumber(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
