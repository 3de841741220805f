import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { keyId, openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

it('A configuration of the older module works as it is: its command, its key_id, and its context.json once', async () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
  const alert = (alertId: number, hours: number) =>
    stage.emulator.add(JSON.stringify({ alertId, startTime: hoursAgo(hours) }), { startTime: +hoursAgo(hours) });
  alert(1, 8);
  alert(2, 3);
  await mkdir(stage.dataDirectory);
  const context = {
    latest_start_event_date_from_previous_run: hoursAgo(5).toISOString(),
    latest_alert_id_from_previous_run: 1,
  };
  await writeFile(join(stage.dataDirectory, 'context.json'), JSON.stringify(context));
  const start = () => stage.start({ command: 'lacework_query_alerts', account: { keyId: undefined, key_id: keyId } });

  const trigger = await start();
  await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
  await trigger.stop();
  const ids = () => stage.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id);
  expect(ids()).toEqual([2]);
  expect(trigger.output()).toContain('"older_state_taken"');

  const again = await start();
  await waitUntil('a poll', () => again.output().includes('"nothing_new"'));
  await again.stop();
  expect(ids()).toEqual([2]);
  expect(again.output()).not.toContain('"older_state_taken"');
});
