import { describe, expect, it } from '@jest/globals';
import { writeEscapedRest, writeEvent } from '../../lib/normalizer/event-json.js';
import { NO_FIELDS } from '../../lib/normalizer/fields.js';
import { fc } from '../helpers/properties.js';

/** Any text, halves of characters and what has to be escaped among it. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom('"', '\\', '\n', '\u007f', '\ud800'), fc.string({ minLength: 1, maxLength: 1 })),
});
const fields = fc.record(
  {
    'event.category': fc.tuple(text, fc.array(text)).map(([one, more]): [string, ...string[]] => [one, ...more]),
    'event.reason': text,
    'lacework.cloud_security.alert.id': fc.bigInt().map(String),
    'lacework.cloud_security.alert.message_truncated': fc.boolean(),
    'user.name': fc.string({ unit: 'grapheme' }),
  },
  { requiredKeys: [] },
);
const insideString = (text: string) => JSON.stringify(text).slice(1, -1);

describe("An event's fields", () => {
  it('are written escaped at once just as they are escaped afterwards, whatever characters they hold', () => {
    fc.assert(
      fc.property(fields, (values) => {
        expect(insideString('{"message":"') + writeEscapedRest(values)).toBe(insideString(writeEvent('', values)));
      }),
      { numRuns: 2000, examples: [[{}]] },
    );
  });

  it('are written in the order of the table, whatever theirs', () => {
    fc.assert(
      fc.property(fields, (values) => {
        const backwards = Object.fromEntries(Object.entries(values).reverse());
        expect(writeEvent('', backwards)).toBe(writeEvent('', { ...NO_FIELDS, ...values }));
        expect(writeEscapedRest(backwards)).toBe(writeEscapedRest({ ...NO_FIELDS, ...values }));
      }),
    );
    expect(writeEvent('', { 'user.name': 'b', 'event.code': 'a' })).toBe(
      '{"message":"","event":{"code":"a"},"user":{"name":"b"}}',
    );
  });

  it('are what JSON.parse reads again', () => {
    fc.assert(
      fc.property(fields, ({ 'event.category': category, 'event.reason': reason, 'user.name': name }) => {
        const { event, user } = JSON.parse(
          writeEvent('', { 'event.category': category, 'event.reason': reason, 'user.name': name }),
        );
        expect([event?.category, event?.reason, user?.name]).toEqual([category, reason, name]);
      }),
    );
  });
});
