import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  for (const [index, hoursBack] of [0.2, 0.1, 100, 170].entries()) {
    stage.emulator.add(alertText({ id: index + 1, start: Date.now() - hoursBack * HOUR_MS }));
  }
});
afterEach(() => stage.close());

/** Runs the trigger until it has polled, and answers its lines. */
async function run(): Promise<string[]> {
  const trigger = await stage.start();
  await waitUntil('a poll', () => /"poll_ended"|"nothing_new"/.test(trigger.output()));
  expect(await trigger.stop()).toEqual({ code: 0, signal: null });
  return trigger.logs().map(({ level, message }) => `${level} ${message}`);
}

/** The ids of all that the intake has stored. */
const forwarded = () =>
  stage.intake.events.map(({ text }): number => JSON.parse(JSON.parse(text).message).alertId).sort((a, b) => a - b);

async function damage(part: string): Promise<void> {
  const state = join(stage.dataDirectory, 'state');
  const files = (await readdir(state, { recursive: true })).filter(
    (name) => name.includes(part) && name.endsWith('.json'),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) await appendFile(join(state, file), 'x');
}

describe('After a start on a damaged state', () => {
  it('the range of damaged ids is collected again, with a warning that duplicates are possible', async () => {
    await run();
    expect(forwarded()).toEqual([1, 2]);
    await damage('seen');
    const lines = await run();
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^warning A record of delivered alerts is damaged .* are collected again; duplicates are possible\.$/,
      ),
    );
    expect(forwarded()).toEqual([1, 1, 2, 2]);
  });

  it('both checkpoints damaged, 168 hours are collected, and a warning names the time before which nothing was checked', async () => {
    await run();
    await damage('checkpoint-');
    const lines = await run();
    const [, since = ''] =
      /warning The stored state is damaged .* Alerts are collected again from (.*) UTC, duplicates are possible; nothing before that time was checked\./.exec(
        lines.join('\n'),
      ) ?? [];
    expect((Date.now() - Date.parse(`${since}Z`)) / HOUR_MS).toBeCloseTo(168, 1);
    expect(forwarded()).toEqual([1, 2, 3]);
  });
});
