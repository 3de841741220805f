import { describe, expect, it } from '@jest/globals';
import { type EventOptions, normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';
import { fc } from '../helpers/properties.js';
import { checkFields } from './field-types.js';

const PARTS = [
  'For account:',
  'For project:',
  ' 012345678901 ',
  '(Example Corp)',
  ' : ',
  ':',
  'User',
  'A user',
  'jane',
  'jane@example.com',
  '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
  'AssumedRole/123456:',
  'SomeRole',
  'unknown',
  'from an IP address',
  '203.0.113.7',
  '2001:db8::',
  'first time',
  '18 times',
  '1,204 times',
  '99999999999999999 times',
  'A new service',
  's3',
  '(by user',
  ')',
  '(',
  'by user',
  'by  user AROA:jane@example.com',
  '\n\t',
  '\u00a0',
  '🙂',
  '\ud83d',
  '"',
  '\\',
];
const ADDRESSES = ['203.0.113.7', '2001:db8::1', 'fe80::1%eth0', '300.1.2.3'];
const ENTITIES = [
  'CT_User',
  'User',
  'SourceIpAddress',
  'IpAddress',
  'API',
  'Region',
  'RecId',
  'RulesTriggered',
  'CustomRule',
  'Machine',
  'Process',
  'FileExePath',
  'Cve',
  '__proto__',
];
const KEYS = [
  'username',
  'principalId',
  'ACCOUNT',
  'region_list',
  'ip',
  'source_ip_address_list',
  'location',
  'country_name',
  'rule_title',
  'process_id',
  'internal_ip_addr',
  'KEY',
  'PROPS',
  '__proto__',
];

const description = fc
  .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 4 })))
  .map((parts) => parts.join(' '));
const leaf = fc.oneof(fc.constantFrom(...ADDRESSES), fc.string({ unit: 'binary', maxLength: 20 }), fc.jsonValue());
const flat = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.constantFrom(...KEYS), leaf)),
);
const entry = fc.oneof(leaf, flat, fc.record({ KEY: flat, PROPS: flat }));
const entityMap = fc.dictionary(fc.constantFrom(...ENTITIES), fc.oneof(entry, fc.array(entry)));
const alert = fc
  .record(
    {
      alertId: fc.oneof(fc.maxSafeInteger(), fc.double(), fc.jsonValue()),
      startTime: fc.oneof(fc.date().map(String), fc.jsonValue(), fc.constant('2024-02-13T17:00:00.120+02:00')),
      endTime: fc.oneof(fc.string(), fc.constant('2024-02-13T18:00:00Z')),
      alertType: fc.oneof(fc.jsonValue(), fc.constantFrom('NewKey', 'ChangedKey')),
      severity: fc.oneof(fc.jsonValue(), fc.constant('High')),
      derivedFields: fc.oneof(
        fc.jsonValue(),
        fc.record({ category: fc.jsonValue(), sub_category: fc.constantFrom('File', 'Registry') }),
      ),
      alertInfo: fc.oneof(
        fc.jsonValue(),
        fc.record({ subject: fc.jsonValue(), description: fc.jsonValue() }),
        description.map((text) => ({ subject: `S: ${text}`, description: text })),
      ),
      entityMap: fc.oneof(fc.jsonValue(), entityMap),
    },
    { requiredKeys: [] },
  )
  .map((members) => JSON.stringify(members));
const text = fc.oneof(
  { weight: 8, arbitrary: alert },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.json() },
);
const options: fc.Arbitrary<EventOptions> = fc.record(
  {
    profile: fc.constantFrom(...PROFILES),
    collectedAt: fc.oneof(fc.string(), fc.date(), fc.double()),
    entityMap: fc.oneof(fc.jsonValue(), entityMap),
  },
  { requiredKeys: ['profile'] },
);

describe('Whatever the alert,', () => {
  it('its event has only fields of the table, each of its type and with a value, and its text byte for byte', () => {
    fc.assert(
      fc.property(text, options, (message, given) => {
        const { event, json, oddities } = normalizeAlert(message, given);
        checkFields(event);
        expect(event.message).toBe(message);
        expect(new Set(oddities).size).toBe(oddities.length);
        expect(json.replace(/"id":-?\d+/, '')).toBe(withoutId(event));
      }),
      { numRuns: 150 },
    );
  });

  it('the same text gives the same event, and nothing of what was passed is changed', () => {
    fc.assert(
      fc.property(text, options, (message, given) => {
        const before = structuredClone(given);
        expect(normalizeAlert(message, given)).toEqual(normalizeAlert(message, given));
        expect(given).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

/** The event as text, without the identifier, which JSON.stringify cannot write where it is a bigint. */
function withoutId(event: object): string {
  return JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? 0 : value)).replace(/"id":-?\d+/, '');
}
