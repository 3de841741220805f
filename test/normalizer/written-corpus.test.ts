import { describe, expect, it } from '@jest/globals';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { checkFields } from './field-types.js';
import { writtenCorpus } from './written-corpus/topics.js';
import type { WrittenEvent } from './written-corpus/written-case.js';

/** The rules page alone says what each event is: the cases were written, and committed, before the code was run on them. */
describe.each(Object.entries(writtenCorpus))('The corpus written from the rules: %s', (_, cases) => {
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
  checkFields(event);
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
