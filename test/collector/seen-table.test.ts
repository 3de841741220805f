import { describe, expect, it } from '@jest/globals';
import { alertKey } from '../../lib/collector/alert-key.js';
import { SeenTable } from '../../lib/collector/seen-table.js';
import { fc } from '../helpers/properties.js';

const HOUR_2026 = 490_896;

describe('The table of delivered alerts', () => {
  it('answers as a map would, whatever is put and forgotten', () => {
    const operation = fc.oneof(
      fc.record({ id: fc.integer({ min: 0, max: 300 }), fingerprint: fc.nat(), hour: fc.integer({ min: 0, max: 40 }) }),
      fc.record({ forgetBefore: fc.integer({ min: 0, max: 40 }) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const table = new SeenTable();
        const model = new Map<number, { fingerprint: number; hour: number }>();
        for (const one of operations) {
          if ('forgetBefore' in one) {
            table.forgetBefore(HOUR_2026 + one.forgetBefore);
            for (const [id, { hour }] of model) if (hour < one.forgetBefore) model.delete(id);
          } else {
            const { id, fingerprint, hour } = one;
            table.put({ ...alertKey(String(id), ''), fingerprint, hour: HOUR_2026 + hour });
            model.set(id, { fingerprint, hour });
          }
        }
        expect(table.size).toBe(model.size);
        for (let id = 0; id <= 300; id++) expect(table.find(alertKey(String(id), ''))).toBe(model.get(id)?.fingerprint);
      }),
    );
  });

  it('keeps all keys apart that differ in the 53 bits of an id, or in 60 of a hash', () => {
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    const key = fc.oneof(
      fc.record({ high: fc.integer({ min: 0, max: 0x1f_ffff }), low: word }),
      // Near to each other in one word, or in both.
      fc.record({ high: fc.integer({ min: 0, max: 3 }), low: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ high: fc.nat(20).map((bit) => 2 ** bit), low: fc.nat(31).map((bit) => 2 ** bit) }),
      fc.record({ high: fc.integer({ min: 0x8000_0000, max: 0x8fff_ffff }), low: word }),
      fc.record({ high: fc.nat(27).map((bit) => 0x8000_0000 + 2 ** bit), low: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, word, word), { maxLength: 300 }), (entries) => {
        const table = new SeenTable();
        const model = new Map<string, number>();
        for (const [{ high, low }, fingerprint, hour] of entries) {
          expect(table.find({ high, low })).toBe(model.get(`${high} ${low}`));
          table.put({ high, low, fingerprint, hour });
          model.set(`${high} ${low}`, fingerprint);
        }
        for (const [{ high, low }] of entries) expect(table.find({ high, low })).toBe(model.get(`${high} ${low}`));
        expect(table.size).toBe(model.size);
      }),
      { numRuns: 300 },
    );
  });

  it('takes at most 14 bytes an alert for a million of them, also while it grows, and takes what is forgotten again', () => {
    const before = process.memoryUsage().arrayBuffers;
    const table = new SeenTable();
    const put = (from: number, to: number, hours: number) => {
      for (let at = from; at < to; at++) {
        const low = 1_000_000_000 + ((at * 7_919) % 10_000_019);
        table.put({ high: 0, low, fingerprint: at, hour: HOUR_2026 + hours });
      }
    };
    put(0, 10_000, 0);
    const small = table.bytes;
    put(10_000, 1_000_000, 0);
    expect(table.size).toBe(1_000_000);
    expect((table.bytes - small) / 990_000).toBeLessThanOrEqual(14);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(14_000_000);
    const most = table.bytes;
    table.forgetBefore(HOUR_2026 + 1);
    expect(table.size).toBe(0);
    put(1_000_000, 2_000_000, 5);
    expect(table.size).toBe(1_000_000);
    expect(table.bytes).toBe(most);
  });

  it('keeps the order of hours where the 16 bits that are kept of them begin again', () => {
    const table = new SeenTable();
    const wrap = 0x7_0000;
    for (const hour of [wrap - 2, wrap - 1, wrap, wrap + 1]) table.put({ high: 0, low: hour, fingerprint: 1, hour });
    table.forgetBefore(wrap);
    expect([wrap - 2, wrap - 1, wrap, wrap + 1].map((low) => table.find({ high: 0, low }))).toEqual([
      undefined,
      undefined,
      1,
      1,
    ]);
  });
});

describe("An alert's key", () => {
  it('is its id up to 2^53, and a hash that no id can equal beyond that or without one', () => {
    expect(alertKey('0', '')).toEqual({ high: 0, low: 0 });
    expect(alertKey('4294967297', '')).toEqual({ high: 1, low: 1 });
    expect(alertKey('9007199254740991', '')).toEqual({ high: 0x1f_ffff, low: 0xffff_ffff });
    const beyond = [alertKey('9007199254740992', ''), alertKey('9007199254740993', ''), alertKey('-5', '')];
    const textual = [alertKey(undefined, 'a'), alertKey(undefined, 'b')];
    for (const { high } of [...beyond, ...textual]) expect(high).toBeGreaterThanOrEqual(0x8000_0000);
    expect(new Set([...beyond, ...textual].map(({ high, low }) => `${high} ${low}`)).size).toBe(5);
    expect(alertKey(undefined, 'a')).toEqual(alertKey(undefined, 'a'));
  });
});
