import { describe, expect, it } from '@jest/globals';
import { ByteWindow } from '../../lib/alert-bytes/byte-window.js';
import { readHead } from '../../lib/alert-bytes/read-head.js';
import { type AlertFacts, PageAlert } from '../../lib/collector/page-alert.js';
import { writeEvent } from '../../lib/normalizer/event-json.js';
import { alertText } from '../helpers/alert-text.js';
import { fc } from '../helpers/properties.js';
import { readSamples } from '../helpers/samples.js';

type Alert = Record<string, unknown>;

const usual: Alert = JSON.parse(alertText({ id: 813628, start: Date.UTC(2024, 1, 29, 23, 59, 59, 999) }));
const inPage = (text: string) => ({ bytes: Buffer.from(`  ${text}, {"alertId":7}`), length: Buffer.byteLength(text) });

function headOf(text: string): AlertFacts | undefined {
  const { bytes, length } = inPage(text);
  const head = readHead(new ByteWindow(bytes), 2, 2 + length);
  return head && plain(head);
}

/** The same, from the parsed alert. */
function parsed(text: string): { readonly facts: AlertFacts; readonly isJson: boolean; readonly oddities: number } {
  const alert = alertIn(text, false);
  return { facts: plain(alert.facts), isJson: alert.parsed.isJson, oddities: alert.oddities.length };
}

function alertIn(text: string, isUtf8: boolean): PageAlert {
  const { bytes, length } = inPage(text);
  return new PageAlert(new ByteWindow(bytes), 2, 2 + length, isUtf8);
}

/** The event that the alert becomes, read by its head where that is whole, or parsed. */
function eventIn(text: string, isUtf8: boolean) {
  const { fields, oddities } = alertIn(text, isUtf8).event({ profile: '2025-08' });
  return { json: writeEvent(text, fields), oddities };
}

/** What has no text is empty in a head, and missing in a parsed alert. */
function plain(facts: AlertFacts): AlertFacts {
  const { id, high, low, fingerprint, startMs, severity, alertType, category, source } = facts;
  const texts = {
    severity: severity || '',
    alertType: alertType || '',
    category: category || '',
    source: source || '',
  };
  return { id, high, low, fingerprint, startMs, ...texts };
}

/** Where there is a head, parsing says the same and finds nothing odd, and the event is the same. Answers whether there was one. */
function expectAgreement(text: string): boolean {
  const head = headOf(text);
  if (head === undefined) return false;
  expect({ text, ...parsed(text) }).toEqual({ text, facts: head, isJson: true, oddities: 0 });
  expect(eventIn(text, true)).toEqual(eventIn(text, false));
  return true;
}

const scalar = fc.oneof(
  fc.constantFrom<unknown>('', 'Open', 'High', '2024-02-13T17:00:00.000Z', null, true, false, 0, -1, 1e3, 1.5),
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const anything = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
);
const FIELDS = [...Object.keys(usual), 'entityMap', '__proto__', 'constructor', 'extra'];
const time = fc
  .tuple(
    fc.constantFrom('1969', '1970', '1999', '2000', '2023', '2024', '2100', '9999', '0000'),
    fc.constantFrom('00', '01', '02', '03', '06', '12', '13', '2'),
    fc.constantFrom('00', '01', '28', '29', '30', '31', '32'),
    fc.constantFrom('T00:00:00', 'T23:59:59', 'T24:00:00', 't12:60:00', ' 12:00:60', 'T12-00:00', 'T1a:00:00'),
    fc.constantFrom('', '.', '.1', '.000', '.120', '.123', '.999999999', '.100000000', '.1234567890', '.1x', ',123'),
    fc.constantFrom('Z', 'z', '', '+00:00', '-02:30', 'Y'),
  )
  .map(([year, month, day, clock, fraction, zone]) => `${year}-${month}-${day}${clock}${fraction}${zone}`);

describe('What an alert is known by, read from its bytes', () => {
  it('is read of every alert as they usually are', () => {
    for (const { message } of readSamples()) expect(expectAgreement(message)).toBe(true);
    expect(expectAgreement(JSON.stringify(usual, null, '\t'))).toBe(true);
    expect(headOf(alertText({ id: 2 ** 53 - 1, start: 1_700_000_000_123, severity: 'Low', source: 'K8s' }))).toEqual({
      id: '9007199254740991',
      high: 2 ** 21 - 1,
      low: 2 ** 32 - 1,
      fingerprint: expect.any(Number),
      startMs: 1_700_000_000_123,
      severity: 'Low',
      alertType: 'NewUser',
      category: 'Anomaly',
      source: 'K8s',
    });
  });

  it('is what JSON.parse finds, whatever stands in the fields', () => {
    let heads = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...FIELDS), anything, { maxKeys: 2 }),
        fc.boolean(),
        (changes, spaced) => {
          const alert = Object.assign(Object.create(null), usual, changes);
          if (expectAgreement(JSON.stringify(alert, null, spaced ? 2 : 0))) heads += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(heads).toBeGreaterThan(100);
  });

  it.each(['alertInfo', 'derivedFields'])('is what JSON.parse finds, whatever stands in %s', (field) => {
    const names = ['subject', 'description', 'category', 'source', 'sub_category', 'other', 'categorY'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anything), (members) => {
        const alert = { ...usual, [field]: { ...(usual[field] as Alert), ...members } };
        expectAgreement(JSON.stringify(alert));
      }),
      { numRuns: 1000 },
    );
  });

  it('is what JSON.parse finds, whatever the times', () => {
    let heads = 0;
    fc.assert(
      fc.property(time, time, (startTime, endTime) => {
        if (expectAgreement(JSON.stringify({ ...usual, startTime }))) heads += 1;
        expectAgreement(JSON.stringify({ ...usual, endTime }));
      }),
      { numRuns: 3000 },
    );
    expect(heads).toBeGreaterThan(20);
  });

  it('is all that its event is made of, unless it has an entity map, or nothing derived', () => {
    const isWhole = (alert: Alert) => {
      const { bytes, length } = inPage(JSON.stringify(alert));
      return readHead(new ByteWindow(bytes), 2, 2 + length)?.isWhole;
    };
    const { derivedFields, ...underived } = usual;
    expect(isWhole(usual)).toBe(true);
    expect(isWhole({ ...underived, derivedFields: { category: 'Anomaly' } })).toBe(true);
    expect(isWhole(underived)).toBe(false);
    for (const entityMap of [null, {}, { CT_User: ['someone'] }]) {
      expect(isWhole({ ...usual, entityMap })).toBe(false);
      expect(expectAgreement(JSON.stringify({ ...usual, entityMap }))).toBe(true);
    }
    expect(eventIn(JSON.stringify({ ...usual, entityMap: { CT_User: ['someone'] } }), true).json).toContain('someone');
    expect(eventIn(JSON.stringify(underived), true).oddities).toEqual(['derivedFields is missing']);
  });

  it('is the start of the same event, whatever the description says', () => {
    let said = 0;
    const words = fc.array(
      fc.constantFrom(
        'For account:',
        '0123',
        '(Co)',
        ':',
        'User',
        'jane@example.com',
        'A new service',
        's3.aws',
        'by user',
      ),
      { minLength: 2, maxLength: 9 },
    );
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('first time', '7 times', 'from an IP address 203.0.113.7', ''),
        (some, last) => {
          const description = `${some.join(' ')} ${last}`;
          const text = JSON.stringify({ ...usual, alertInfo: { subject: `Seen: ${description}`, description } });
          expect(expectAgreement(text)).toBe(true);
          if (eventIn(text, true).json.includes('"sight"')) said += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(said).toBeGreaterThan(100);
  });

  it('is never read of a text that JSON.parse refuses', () => {
    const text = JSON.stringify({
      ...usual,
      entityMap: { a: [1.5e-3, -0, true, false, null, 'x\\y\u0001"'], b: { c: {} } },
    });
    const piece = fc.oneof(
      fc.constantFrom(
        ...'{}[]",:\\/.-+eE0123456789truefalsnu \n\t\u0000',
        '\\u00',
        '\\x',
        '""',
        '00',
        '1.',
        ',,',
        '"a":1',
      ),
      fc.string({ minLength: 1, maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(3), piece, (at, removed, added) => {
        expectAgreement(text.slice(0, at) + added + text.slice(at + removed));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['a field twice', alertText({ id: 1, start: 1e12 }).replace('{', '{"status":"Closed",')],
    ['an object twice', alertText({ id: 1, start: 1e12 }).replace('{', '{"alertInfo":{},')],
    ['a name with an escape', alertText({ id: 1, start: 1e12 }).replace('"status"', '"st\\u0061tus"')],
    ['a text with an escape', alertText({ id: 1, start: 1e12, status: 'a\nb' })],
    ['a text beyond ASCII', alertText({ id: 1, start: 1e12, severity: 'Größer' })],
    ['an id beyond 2^53', alertText({ id: 1, start: 1e12 }).replace(':1,', ':9007199254740993,')],
    ['an id with a fraction', alertText({ id: 1, start: 1e12 }).replace(':1,', ':1.0,')],
    ['an id as text', alertText({ id: 1, start: 1e12 }).replace(':1,', ':"1",')],
    ['a negative id', alertText({ id: -1, start: 1e12 })],
    ['no id', alertText({ id: 1, start: 1e12 }).replace('alertId', 'id')],
    ['no object', '[1]'],
    ['deep nesting', alertText({ id: 1, start: 1e12 }).replace('{', `{"x":${'['.repeat(100)}${']'.repeat(100)},`)],
  ])('is left to JSON.parse with %s', (_, text) => {
    expect(headOf(text)).toBeUndefined();
  });

  it('is not made an event of once another alert was read', () => {
    const texts = ['first', 'second'].map((alertName) => JSON.stringify({ ...usual, alertName }));
    const bytes = Buffer.from(texts.join(','));
    const window = new ByteWindow(bytes);
    const [first = '', second = ''] = texts;
    const alert = new PageAlert(window, 0, first.length, true);
    new PageAlert(window, first.length + 1, first.length + 1 + second.length, true);
    expect(alert.event({}).fields['event.reason']).toBe('first');
  });

  it('is left to JSON.parse when the alert is larger than what is held of its page', () => {
    const large = JSON.stringify({ ...usual, extra: 'x'.repeat(300_000) });
    expect(headOf(large)).toBeUndefined();
    expect(parsed(large).facts.id).toBe('813628');
  });
});
