import { describe, expect, it } from '@jest/globals';
import { EventBatch } from '@sekoia/automation-sdk-ts';
import { ByteWindow } from '../../lib/alert-bytes/byte-window.js';
import { eventWithMessage, rawEvent } from '../../lib/collector/escaped-alert.js';
import { writeEscapedRest, writeEvent } from '../../lib/normalizer/event-json.js';
import { fc } from '../helpers/properties.js';

const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) }),
  fc.string({ unit: 'grapheme' }),
);

function inPage(text: string) {
  const bytes = Buffer.from(`[${text}]`);
  return { window: new ByteWindow(bytes), start: 1, end: bytes.length - 1 };
}

describe('An event written from the bytes of its page', () => {
  it('is to the byte what JSON.stringify would make of it, whatever characters it holds', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'grapheme' }), (alert, reason) => {
        const fields = { 'event.reason': reason };
        const [written, expected] = [new EventBatch(), new EventBatch()];
        written.add(rawEvent(inPage(alert)));
        written.add(eventWithMessage(inPage(alert), writeEscapedRest(fields)));
        expected.add(alert);
        expected.add(writeEvent(alert, fields));
        expect(written.body.equals(expected.body)).toBe(true);
        expect([written.json(0), written.json(1)]).toEqual([alert, writeEvent(alert, fields)]);
        expect(JSON.parse(written.json(1)).message).toBe(alert);
      }),
      { numRuns: 2000 },
    );
  });

  it('is so too when it is longer than what is escaped at once, and than what is held of its page', () => {
    const parts = ['a"b', '\\', '\n', '\u0001', 'Zoë 你好 🙂', 'plain'];
    const text = Array.from(
      { length: 60_000 },
      (_, index) => parts[(index * index) % 7] ?? 'x'.repeat(index % 40),
    ).join('');
    const batch = new EventBatch();
    batch.add(rawEvent(inPage(text)));
    expect(batch.body.toString() === JSON.stringify(text)).toBe(true);
  });
});
