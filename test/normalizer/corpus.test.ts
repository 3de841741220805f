import { describe, expect, it } from '@jest/globals';
import { FIELDS } from '../../lib/normalizer/fields.js';
import { normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';
import { type CorpusCase, expectedEvent, readCorpus } from './corpus.js';
import { checkFields } from './field-types.js';

describe.each(readCorpus())('The corpus: $theme', ({ cases }) => {
  it.each(cases)('$title', (expected) => {
    for (const profile of PROFILES) {
      const { json, event, oddities } = normalizeAlert(expected.message, { ...expected.options, profile });
      expect(oddities).toEqual(expected.oddities);
      expect(JSON.parse(withoutId(json, expected))).toStrictEqual(expectedEvent(expected, profile));
      expect(withoutId(bigintsAsText(event), expected)).toBe(withoutId(json, expected));
    }
  });
});

describe('The table of fields', () => {
  it('has every field of every event of the corpus, with its type, and the corpus has every field of the table', () => {
    const cases = readCorpus().flatMap((theme) => theme.cases);
    const found = cases.flatMap(({ message, options }) => checkFields(normalizeAlert(message, options).event));
    // Only delivery cuts a message.
    const expected = FIELDS.map(({ name }) => name).filter((name) => !name.endsWith('.message_truncated'));
    expect([...new Set(found)].sort()).toEqual(expected.sort());
  });
});

/** Takes the exact identifier out of the text, having seen that it is there digit by digit. */
function withoutId(json: string, { id }: CorpusCase): string {
  if (id === undefined) return json;
  const member = `"id":${id},`;
  expect(json.split(member)).toHaveLength(2);
  return json.replace(member, '');
}

function bigintsAsText(event: unknown): string {
  return JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)).replace(
    /"(-?\d+)n"/,
    '$1',
  );
}
