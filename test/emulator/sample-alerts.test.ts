import { expect, it } from '@jest/globals';
import { sampleAlerts } from '../../lib/emulator/sample-alerts.js';
import { readSamples } from '../helpers/samples.js';

it('holds the messages of the documented samples, byte for byte', () => {
  expect(sampleAlerts).toEqual(readSamples().map(({ message }) => message));
});
