import { describe, expect, it } from '@jest/globals';
import { alertKey, idOfKey } from '../../lib/collector/alert-key.js';
import { OutgoingBatch } from '../../lib/collector/outgoing-batch.js';
import { SeenEntries } from '../../lib/collector/seen-entries.js';
import { fc } from '../helpers/properties.js';

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const ids = fc.option(fc.oneof(fc.nat().map(String), fc.maxSafeNat().map(String), fc.string({ minLength: 1 })), {
  nil: undefined,
});
const alerts = fc
  .record({ id: ids, fingerprint: word, hour: word, startsRun: fc.boolean(), text: fc.string() })
  .map(({ id, fingerprint, hour, startsRun, text }) => {
    const key = alertKey(id, text);
    return {
      id,
      text,
      startsRun,
      entry: { ...key, fingerprint, hour },
      unusualId: id === idOfKey(key) ? undefined : id,
    };
  });

/** All that a batch says. */
const contentOf = (batch: OutgoingBatch) =>
  Array.from({ length: batch.count }, (_, at) => ({
    id: batch.idAt(at),
    text: batch.events.json(at),
    startsRun: batch.startingRuns.includes(at),
    entry: batch.entries.at(at),
  }));
const expected = (some: readonly (typeof alerts extends fc.Arbitrary<infer Alert> ? Alert : never)[]) =>
  some.map(({ id, text, startsRun, entry }) => ({ id, text, startsRun, entry }));

describe('A batch on its way', () => {
  it('gives back what was kept of each alert, whole, in parts, and when it is filled again', () => {
    fc.assert(
      fc.property(fc.array(alerts, { minLength: 1, maxLength: 150 }), fc.nat(), (some, at) => {
        const batch = new OutgoingBatch();
        const fill = (with_: typeof some) => {
          for (const alert of with_) expect(batch.add(alert.text, alert)).toBe(true);
        };
        fill(some);
        expect(contentOf(batch)).toEqual(expected(some));
        const middle = at % (some.length + 1);
        expect(contentOf(batch.slice(0, middle))).toEqual(expected(some.slice(0, middle)));
        const rest = batch.slice(middle, some.length);
        expect(contentOf(rest)).toEqual(expected(some.slice(middle)));
        expect(contentOf(rest.slice(rest.count >> 1, rest.count))).toEqual(
          expected(some.slice(middle + (rest.count >> 1))),
        );
        batch.clear();
        const others = some.slice(middle).reverse();
        fill(others);
        expect(contentOf(batch)).toEqual(expected(others));
      }),
    );
  });

  it('takes nothing of an event for which it has no room', () => {
    const batch = new OutgoingBatch();
    const entry = { high: 0, low: 1, fingerprint: 2, hour: 3 };
    batch.add('x'.repeat(10_000_000), { entry, unusualId: undefined, startsRun: false });
    expect(batch.add('y'.repeat(1_000_000), { entry, unusualId: 'y', startsRun: true })).toBe(false);
    expect([batch.count, batch.entries.count, batch.startingRuns, batch.idAt(0)]).toEqual([1, 1, [], '1']);
  });
});

describe('Delivered alerts as they are stored', () => {
  it('are 16 bytes each, and read as they were; what is left of a cut one is passed over', () => {
    const entry = fc.record({ high: word, low: word, fingerprint: word, hour: word });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), fc.integer({ min: 1, max: 15 }), (some, cut) => {
        const bytes = Buffer.from(SeenEntries.of(some).toBase64(), 'base64');
        expect(bytes.length).toBe(some.length * 16);
        expect([...SeenEntries.fromBase64(bytes.toString('base64'))]).toEqual(some);
        const rest = SeenEntries.fromBase64(bytes.subarray(0, Math.max(0, bytes.length - cut)).toString('base64'));
        expect([...rest]).toEqual(some.slice(0, -1));
      }),
    );
  });
});
