import { describe, expect, it } from '@jest/globals';
import { ByteWindow } from '../../lib/alert-bytes/byte-window.js';
import { nestedEnd } from '../../lib/alert-bytes/nested-end.js';
import { fc } from '../helpers/properties.js';

/** Texts in which every kind of character that matters is frequent, runs of backslashes at the ends of blocks among them. */
const awkward = fc.string({
  unit: fc.oneof(fc.constantFrom('\\', '"', '{', '}', '[', ']'), fc.constantFrom('\\\\', '\\"', 'ab', 'ë', ' ')),
  maxLength: 300,
});
const json = fc.oneof(
  fc.object({ key: awkward, values: [awkward, fc.integer(), fc.constant(null)] }),
  fc.array(awkward),
);

const endOf = (text: string, start = 0) => nestedEnd(new ByteWindow(Buffer.from(text)), start);

describe('The end of a list or an object', () => {
  it('is found behind any JSON, wherever it begins and whatever follows', () => {
    fc.assert(
      fc.property(json, awkward, awkward, (value, before, after) => {
        const text = Buffer.from(JSON.stringify(value));
        const bytes = Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);
        const start = Buffer.byteLength(before);
        expect(nestedEnd(new ByteWindow(bytes), start)).toBe(start + text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('is where the brackets are balanced, in any text', () => {
    fc.assert(
      fc.property(awkward, (rest) => {
        const text = `{${rest}`;
        expect(endOf(text)).toBe(balancedEnd(Buffer.from(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([63, 64, 65, 128, 262_079, 262_143, 262_144, 262_145])(
    'is found when a string crosses the byte %i with backslashes before its quote',
    (length) => {
      for (let backslashes = 0; backslashes < 4; backslashes++) {
        const string = 'x'.repeat(length - 2 - backslashes) + '\\'.repeat(backslashes);
        const text = `["${string}"]"]`;
        const end = backslashes % 2 === 0 ? length + 2 : text.length;
        expect(endOf(text)).toBe(end);
        expect(endOf(`   ${text}`, 3)).toBe(end + 3);
      }
    },
  );

  it('is not found when it is not there', () => {
    expect([endOf('{'), endOf('{"a":"}'), endOf(`[${'1,'.repeat(200_000)}`)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

/** One byte after the other. */
function balancedEnd(bytes: Buffer): number | undefined {
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  for (const [at, byte] of bytes.entries()) {
    const character = String.fromCharCode(byte);
    // Outside of a string too, a backslash keeps a quote from being one: no JSON, and for JSON.parse to say so.
    if (character === '"' && !isEscaped) inString = !inString;
    else if (!inString && '{['.includes(character)) depth++;
    else if (!inString && '}]'.includes(character) && --depth === 0) return at + 1;
    isEscaped = character === '\\' && !isEscaped;
  }
  return undefined;
}
