import { setTimeout as delay } from 'node:timers/promises';
import { believableAlert } from '../emulator/believable-alerts.js';
import { changeFields } from '../emulator/change-fields.js';
import type { Emulator } from '../emulator/emulator.js';
import { sampleAlerts } from '../emulator/sample-alerts.js';
import type { Random } from '../emulator/seeded-random.js';

const HOUR = 3_600_000;
const FIRST_ID = 1000;

/** Adds the documentation's samples, one for each of the last full hours, every byte but their times as documented. */
export function addSamples(emulator: Emulator, now: number): void {
  const lastFullHour = now - (now % HOUR) - HOUR;
  for (const [index, text] of sampleAlerts.entries()) {
    const start = lastFullHour - (sampleAlerts.length - 1 - index) * HOUR;
    const times = { startTime: new Date(start).toISOString(), endTime: new Date(start + HOUR).toISOString() };
    emulator.add(changeFields(text, times));
  }
}

/** Adds a believable alert of the last full hour, as late as real ones; `serial` counts them. Returns its id. */
export function addBelievable(emulator: Emulator, random: Random, serial: number, now: number): number {
  const startTime = now - (now % HOUR) - HOUR;
  const id = FIRST_ID + serial;
  const { text, entityMap } = believableAlert(random, { id, startTime });
  emulator.add(text, { entityMap });
  return id;
}

/** Adds one every few seconds, until `signal`. */
export async function trickle(
  emulator: Emulator,
  random: Random,
  firstSerial: number,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (let serial = firstSerial; !signal.aborted; serial += 1) {
    await delay(2000 + random.integer(8000), undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) addBelievable(emulator, random, serial, now());
  }
}
