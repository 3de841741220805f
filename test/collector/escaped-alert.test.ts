import { describe, expect, it } from '@jest/globals';
import { EventBatch } from '@sekoia/automation-sdk-ts';
import { eventWithMessage, rawEvent } from '../../lib/collector/escaped-alert.js';
import { writeEscapedRest, writeEvent } from '../../lib/normalizer/event-json.js';
import { fc } from '../helpers/properties.js';

const ascii = fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) });
const inPage = (text: string) => ({ bytes: Buffer.from(`[${text}]`), start: 1, end: 1 + text.length });

describe('An event written from the bytes of its page', () => {
  it('is to the byte what JSON.stringify would make of it, whatever characters it holds', () => {
    fc.assert(
      fc.property(ascii, fc.string({ unit: 'grapheme' }), (alert, reason) => {
        const fields = { 'event.reason': reason };
        const [written, expected] = [new EventBatch<number>(), new EventBatch<number>()];
        written.add(rawEvent(inPage(alert)), 0);
        written.add(eventWithMessage(inPage(alert), writeEscapedRest(fields)), 1);
        expected.add(alert, 0);
        expected.add(writeEvent(alert, fields), 1);
        expect(written.body.equals(expected.body)).toBe(true);
        expect([written.json(0), written.json(1)]).toEqual([alert, writeEvent(alert, fields)]);
        expect(JSON.parse(written.json(1)).message).toBe(alert);
      }),
      { numRuns: 2000 },
    );
  });
});
