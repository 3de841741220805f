import { expect, it } from '@jest/globals';
import { readTimestamp, withoutEndingZeros } from '../../lib/normalizer/timestamp.js';
import { fc } from '../helpers/properties.js';

it('A time in UTC loses the zeros at the end of its fraction, and the fraction with the last digit, read or not', () => {
  const fraction = fc.string({ unit: fc.constantFrom('0', '0', '0', '7'), maxLength: 9 });
  fc.assert(
    fc.property(fc.constantFrom('00', '10', '59'), fraction, (seconds, digits) => {
      const time = `2024-02-13T17:00:${seconds}${digits === '' ? '' : `.${digits}`}Z`;
      const shown = withoutEndingZeros(time);
      expect(shown).toBe(readTimestamp(time)?.utc);
      expect(shown).toMatch(/^2024-02-13T17:00:\d\d(?:\.\d*[1-9])?Z$/);
      expect(Date.parse(shown)).toBe(Date.parse(time));
    }),
  );
  expect(withoutEndingZeros('2024-02-13T17:00:00.120Z')).toBe('2024-02-13T17:00:00.12Z');
});
