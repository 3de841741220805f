import { describe, expect, it } from '@jest/globals';
import { buildEvent, fitEvent } from '../../lib/normalizer/build-event.js';
import { readAlert } from '../../lib/normalizer/read-alert.js';
import { fc } from '../helpers/properties.js';

describe('An event', () => {
  it('that takes the bytes allowed to the last one is left whole', () => {
    const text = '{"alertId":7,"alertName":"Zoë 🙂"}';
    const { json } = fitted(text, 1_000_000);
    const bytes = Buffer.byteLength(json as string);
    expect(fitted(text, bytes)).toEqual({ json, isCut: false });
    expect(fitted(text, bytes - 1)).not.toMatchObject({ json });
  });

  it('that is too large has its message cut and marked', () => {
    const text = `{"alertId":9007199254740993,"x":"${'a'.repeat(1000)}"}`;
    const { json, isCut } = fitted(text, 500);
    expect(isCut).toBe(true);
    expect(Buffer.byteLength(json as string)).toBe(500);
    const { message, lacework } = JSON.parse(json as string);
    expect(text.startsWith(message)).toBe(true);
    expect(lacework.cloud_security.alert.message_truncated).toBe(true);
    expect(json).toContain('"id":9007199254740993,');
  });

  it('that is too large even without message does not fit', () => {
    const text = `{"alertName":"${'a'.repeat(1000)}"}`;
    expect(fitted(text, 500)).toEqual({ json: undefined, isCut: false });
  });

  it('of what is no alert is cut and marked likewise', () => {
    expect(fitted(`"${'a'.repeat(1000)}"`, 150)).toEqual({
      json: `{"message":"\\"${'a'.repeat(67)}","lacework":{"cloud_security":{"alert":{"message_truncated":true}}}}`,
      isCut: true,
    });
  });

  it('is cut at the end of a character, as late as possible, whatever its characters are', () => {
    const piece = fc.constantFrom(
      'a',
      '"',
      '\\',
      '\n',
      '\b',
      '\u000b',
      '\u001f',
      '\u007f',
      'é',
      '\u2028',
      '你',
      '🙂',
      '\ud83d',
      '\ude42',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 60, maxLength: 90 }),
        fc.integer({ min: 90, max: 150 }),
        (pieces, maxBytes) => {
          const text = pieces.join('');
          const { json, isCut } = fitted(text, maxBytes);
          fc.pre(isCut && json !== undefined);
          const { message } = JSON.parse(json as string);
          const characters = [...text];
          const kept = [...message].length;
          expect(characters.slice(0, kept).join('')).toBe(message);
          expect(Buffer.byteLength(json as string)).toBeLessThanOrEqual(maxBytes);
          const longer = characters.slice(0, kept + 1).join('');
          expect(Buffer.byteLength(json as string) + jsonBytes(longer) - jsonBytes(message)).toBeGreaterThan(maxBytes);
        },
      ),
    );
  });
});

function fitted(text: string, maxBytes: number) {
  return fitEvent(text, buildEvent(readAlert(text), { profile: '2024-02' }).fields, maxBytes);
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
