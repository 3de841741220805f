import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';

const SAMPLES = new URL('../fixtures/samples/', import.meta.url);

describe("The documentation's samples", () => {
  const files = readdirSync(SAMPLES);

  it('are seven', () => {
    expect(files).toHaveLength(7);
  });

  it.each(files)('%s becomes the documented event to the letter', (file) => {
    const expected = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8'));
    const normalized = normalizeAlert(expected.message, { profile: '2024-02' });
    expect(normalized.event).toStrictEqual(expected);
    expect(normalized.json).toBe(JSON.stringify(expected));
    expect(normalized.oddities).toEqual(file === 'event_01.json' ? ['derivedFields is missing'] : []);
  });
});
