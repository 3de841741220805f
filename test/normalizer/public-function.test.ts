import { constants } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';

const RULED = '{"alertId":1,"alertInfo":{"subject":"by user a:b","description":"by user a:b"}}';

describe('normalizeAlert', () => {
  it('takes the profile of the samples when it is told none', () => {
    expect(normalizeAlert(RULED)).toEqual(normalizeAlert(RULED, { profile: '2024-02' }));
    expect(normalizeAlert(RULED).event['user']).toEqual({ name: 'a:b' });
  });

  it.each([
    [new Date('2026-01-31T09:30:00.250Z'), '2026-01-31T09:30:00.25Z'],
    [new Date('0099-01-31T09:30:00Z'), '0099-01-31T09:30:00Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [1_769_851_800_000.75, '2026-01-31T09:30:00Z'],
    [new Date(Number.NaN), undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [253_402_300_800_000, undefined],
  ])('takes the time of collection %p for %p', (collectedAt, timestamp) => {
    expect(normalizeAlert('{}', { collectedAt }).event['@timestamp']).toBe(timestamp);
  });

  it('looks at the entity map of the details alone, where they have one', () => {
    const text = '{"alertId":1,"entityMap":"odd"}';
    const entityMap = { CT_User: ['someone'] };
    expect(normalizeAlert(text, { entityMap }).event['user']).toEqual({ name: 'someone' });
    expect(normalizeAlert(text, { entityMap }).oddities).not.toContain('entityMap is not an object');
    expect(normalizeAlert(text, { entityMap: 'none' }).oddities).toContain('entityMap is not an object');
  });

  it('gives an identifier beyond 2^53 as a bigint in the object and digit by digit in the text', () => {
    const { event, json } = normalizeAlert('{"alertId":9007199254740993}');
    expect(event['lacework']).toEqual({ cloud_security: { alert: { id: 9_007_199_254_740_993n } } });
    expect(json).toContain('{"alert":{"id":9007199254740993}}');
  });

  it.each([
    ['control characters that are no JSON', '\u0001'.repeat(4096)],
    ['a user of quotes', `{"entityMap":{"CT_User":"${'\\"'.repeat(4096)}"}}`],
    ['a user of escapes', `{"entityMap":{"CT_User":"${'\\u0001'.repeat(4096)}"}}`],
    ['a described user of quotes', describedBy('\\"'.repeat(4096))],
  ])('writes an event of at most six times the text of %s, so that one of 85 MiB fits', (_, text) => {
    const rest = 1024;
    expect(normalizeAlert(text).json.length).toBeLessThan(text.length * 6 + rest);
    expect(85 * 2 ** 20 * 6 + rest).toBeLessThan(constants.MAX_STRING_LENGTH);
  });
});

function describedBy(user: string): string {
  return `{"alertInfo":{"subject":"by user ${user}","description":"by user ${user}"}}`;
}
