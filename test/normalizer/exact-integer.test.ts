import { describe, expect, it } from '@jest/globals';
import { readAlert } from '../../lib/normalizer/read-alert.js';
import { fc } from '../helpers/properties.js';

describe('The identifier of an alert', () => {
  it('keeps its digits however the number is written', () => {
    const id = fc.bigInt({ min: -(10n ** 300n), max: 10n ** 300n });
    fc.assert(
      fc.property(id, fc.nat(300), fc.nat(5), (number, shift, zeros) => {
        for (const written of notations(number, shift, zeros)) {
          expect([written, readAlert(`{"alertId":${written}}`).id]).toEqual([written, String(number)]);
        }
      }),
    );
  });

  it('is none when the number has a fraction, however small', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.nat(40), (number, zeros) => {
        expect(readAlert(`{"alertId":${number}.${'0'.repeat(zeros)}1}`).id).toBeUndefined();
      }),
    );
  });
});

/** The number as JSON may write it: plainly, with a fraction of zeros, and with exponents of either sign. */
function notations(number: bigint, shift: number, zeros: number): string[] {
  const sign = number < 0n ? '-' : '';
  const digits = String(number).replace('-', '');
  const point = Math.min(shift, digits.length - 1);
  const whole = digits.slice(0, digits.length - point);
  const fraction = digits.slice(digits.length - point);
  return [
    String(number),
    `${number}.0${'0'.repeat(zeros)}`,
    // A number in JSON has no leading zeros: nought can't be written with more of them.
    ...(number === 0n ? [] : [`${sign}${digits}${'0'.repeat(zeros)}E-${zeros}`]),
    ...(point > 0
      ? [`${sign}${whole}.${fraction}e${point}`, `${sign}${whole}.${fraction}${'0'.repeat(zeros)}E+${point}`]
      : []),
  ];
}
