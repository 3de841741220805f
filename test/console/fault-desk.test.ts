import { expect, it } from '@jest/globals';
import type { FaultView } from '../../lib/console/api.js';
import { FaultDesk } from '../../lib/console/demo/fault-desk.js';
import { startIntake } from '../../lib/console/platform/intake.js';
import { startPlatform } from '../../lib/console/platform/platform.js';
import { startEmulator } from '../../lib/emulator/emulator.js';

it('tells that a switch is off again when its fault has struck as often as it may', async () => {
  const emulator = await startEmulator({ keyId: 'KEY', secret: 'secret' });
  const [intake, platform] = await Promise.all([startIntake(), startPlatform()]);
  const told: (boolean | undefined)[] = [];
  const isOn = (views: readonly FaultView[]) =>
    views.find(({ board, id }) => board === 'lacework' && id === 'token-lost')?.on;
  const onChange = (views: readonly FaultView[]) => void told.push(isOn(views));
  try {
    const desk = new FaultDesk({ emulator, intake, platform, alerts: {}, onChange });
    desk.set('lacework', 'token-lost', true);
    const authorization = { Authorization: 'Bearer unknown' };
    const ask = () => fetch(`${emulator.url}/api/v2/Alerts`, { headers: authorization });
    await ask();
    await ask();
    expect(told).toEqual([true, false]);
    expect(isOn(desk.list())).toBe(false);
  } finally {
    await Promise.all([emulator.close(), intake.close(), platform.close()]);
  }
});
