import { describe, expect, it } from '@jest/globals';
import { EventBatch } from '@sekoia/automation-sdk-ts';
import { EVENT_HEAD, eventWithMessage, rawEvent } from '../../lib/collector/escaped-alert.js';
import { fc } from '../helpers/properties.js';

const ascii = fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) });
const inPage = (text: string) => ({ bytes: Buffer.from(`[${text}]`), start: 1, end: 1 + text.length });

describe('An event written from the bytes of its page', () => {
  it('is to the byte what JSON.stringify would make of it, whatever characters it holds', () => {
    fc.assert(
      fc.property(ascii, fc.string({ unit: 'grapheme' }), (text, value) => {
        const rest = `","value":${JSON.stringify(value)}}`;
        const whole = `${EVENT_HEAD}${JSON.stringify(text).slice(1, -1)}${rest}`;
        const [written, expected] = [new EventBatch<number>(), new EventBatch<number>()];
        written.add(rawEvent(inPage(text)), 0);
        written.add(eventWithMessage(inPage(text), rest), 1);
        expected.add(text, 0);
        expected.add(whole, 1);
        expect(written.body.equals(expected.body)).toBe(true);
        expect([written.json(0), written.json(1)]).toEqual([text, whole]);
        expect(JSON.parse(written.json(1))).toEqual({ message: text, value });
      }),
      { numRuns: 2000 },
    );
  });
});
