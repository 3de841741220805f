import { describe, expect, it } from '@jest/globals';
import { EventBatch } from '@sekoia/automation-sdk-ts';
import { fc } from '../helpers/properties.js';

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** What the intake takes of one event, in bytes of UTF-8. */
const MAX_EVENT_BYTES = 250 * 1024;
const frame = Buffer.byteLength('{"intake_key":"12345678-1234-1234-1234-123456789012","jsons":[]}');

/** One character of each cost, in bytes of UTF-8 and in bytes of an escape. */
const CHARACTERS = ['a', '"', '\\', '\n', '\u0001', '\u007f', 'é', '\u2028', '你', '🙂', '\ud800'] as const;

describe('A batch of events', () => {
  it('holds what was added, as JSON strings, and gives each back as it was', () => {
    const texts = [...CHARACTERS, CHARACTERS.join(''), '', '{"a":"\\u0041"}'];
    const batch = new EventBatch();
    for (const text of texts) expect(batch.add(text)).toBe(true);
    expect(batch.count).toBe(texts.length);
    expect(JSON.parse(`[${batch.body}]`)).toEqual(texts);
    expect(texts.map((_, index) => batch.json(index))).toEqual(texts);
  });

  it('of any texts is a body that the intake takes, and refuses only what would not fit', () => {
    const text = fc
      .record({
        character: fc.constantFrom(...CHARACTERS),
        bytes: fc.integer({ min: 1, max: MAX_EVENT_BYTES }),
      })
      .map(({ character, bytes }) => character.repeat(Math.floor(bytes / Math.max(3, Buffer.byteLength(character)))));
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 60, size: 'max' }), (texts) => {
        let batch = new EventBatch();
        const batches = [{ batch, held: [] as string[] }];
        for (const one of texts) {
          if (batch.add(one)) {
            batches.at(-1)?.held.push(one);
            continue;
          }
          const needed = Buffer.byteLength(JSON.stringify(one)) + 1;
          expect(batch.body.length + needed).toBeGreaterThan(MAX_BODY_BYTES - 4096);
          batch = new EventBatch();
          batches.push({ batch, held: [one] });
          expect(batch.add(one)).toBe(true);
        }
        for (const { batch: filled, held } of batches) {
          expect(filled.body.length + frame).toBeLessThanOrEqual(MAX_BODY_BYTES);
          expect(filled.count).toBe(held.length);
          expect(filled.body.equals(bodyOf(held))).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });

  it.each<[string, (length: number) => Parameters<EventBatch['add']>[0]]>([
    ['a text', (length) => 'x'.repeat(length)],
    ['a text of two bytes a character', (length) => 'é'.repeat(length / 2) + 'x'.repeat(length % 2)],
    [
      'a text that writes itself',
      (length) => ({ maxBytes: length, writeTo: (target, at) => at + target.write('x'.repeat(length), at) }),
    ],
  ])('is filled to the last byte that leaves room for the frame, and not beyond, by %s', (_, textOf) => {
    const batch = new EventBatch();
    batch.add('x'.repeat(5_000_000));
    const room = MAX_BODY_BYTES - 4096;
    const fitting = room - batch.body.length - ',""'.length;
    expect(batch.add(textOf(fitting + 1))).toBe(false);
    expect(batch.count).toBe(1);
    expect(batch.add(textOf(fitting))).toBe(true);
    expect(batch.body.length).toBe(room);
  });

  it('can be cut into parts that share its bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 30 }), fc.nat(), (texts, at) => {
        const batch = new EventBatch();
        for (const text of texts) batch.add(text);
        const middle = 1 + (at % (texts.length - 1));
        const halves = [batch.slice(0, middle), batch.slice(middle, texts.length)];
        const halvesTexts = [texts.slice(0, middle), texts.slice(middle)];
        expect(batch.slice(middle, middle).body.length).toBe(0);
        const parts = [...halves, ...halves.map((half) => half.slice(half.count - 1, half.count))];
        const owns = [...halvesTexts, ...halvesTexts.map((half) => half.slice(-1))];
        for (const [index, part] of parts.entries()) {
          const own = owns[index] as string[];
          expect(part.count).toBe(own.length);
          expect(part.body.equals(bodyOf(own))).toBe(true);
          expect(own.map((_, index) => part.json(index))).toEqual(own);
          expect(part.body.buffer).toBe(batch.body.buffer);
        }
      }),
    );
  });

  it('takes the same memory again for other events when it is emptied', () => {
    const batch = new EventBatch();
    for (let index = 0; index < 200; index++) batch.add(`a longer text ${index}`);
    const { buffer } = batch.body;
    batch.clear();
    expect([batch.count, batch.body.length]).toEqual([0, 0]);
    for (const text of ['b', 'c']) batch.add(text);
    expect(batch.body.toString()).toBe('"b","c"');
    expect([batch.json(0), batch.json(1)]).toEqual(['b', 'c']);
    expect(batch.body.buffer).toBe(buffer);
  });

  it('never asks for more memory than twice what it holds, nor for much more than a body', () => {
    const batch = new EventBatch();
    const event = '"'.repeat(100_000);
    while (batch.add(event));
    expect(batch.body.length).toBeGreaterThan(MAX_BODY_BYTES - 4096 - 200_003);
    expect(batch.body.buffer.byteLength).toBeLessThanOrEqual(MAX_BODY_BYTES);
  });
});

function bodyOf(texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => JSON.stringify(text)).join(','));
}
