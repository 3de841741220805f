import { describe, expect, it } from '@jest/globals';
import { normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';
import { alertOf, HOSTILE_FAMILIES } from '../bench/hostile-alerts.js';

const MIB = 2 ** 20;
/** What a square of the length would exceed a thousandfold, and a busy machine does not. */
const LONGEST_MS = 3000;

describe('An alert of a mebibyte', () => {
  it.each(HOSTILE_FAMILIES)('of $name is normalized in a time proportional to its length', ({ build }) => {
    const text = alertOf(build(MIB));
    const start = performance.now();
    for (const profile of PROFILES) expect(normalizeAlert(text, { profile }).event.message).toBe(text);
    expect(performance.now() - start).toBeLessThan(LONGEST_MS);
  });
});
