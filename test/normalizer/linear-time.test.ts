import { describe, expect, it } from '@jest/globals';
import { normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';
import { alertOf, HOSTILE_FAMILIES } from '../bench/hostile-alerts.js';

const HALF_MIB = 2 ** 19;
/** Of processor time, which a busy machine does not stretch; the square of the length would take twenty times as long. */
const LONGEST_MS = 10_000;

describe('An alert of half a mebibyte', () => {
  it.each(HOSTILE_FAMILIES)('of $name is normalized in a time proportional to its length', ({ build }) => {
    const text = alertOf(build(HALF_MIB));
    const start = process.cpuUsage();
    for (const profile of PROFILES) expect(normalizeAlert(text, { profile }).event.message).toBe(text);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(LONGEST_MS);
  });

  it('may have more addresses than a call takes arguments', () => {
    const callers = Array.from({ length: 200_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    const text = JSON.stringify({ entityMap: { API: [{ source_ip_address_list: callers }] } });
    expect(normalizeAlert(text).event['related']).toEqual({ ip: callers });
  });
});
