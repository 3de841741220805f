import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSamples } from '../helpers/samples.js';
import { intakeKey, openStage, type Stage, secret } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

/** An hour after the newest sample, whatever the time is now: the samples are read by the emulator's clock alone. */
const AFTER_THE_SAMPLES = Date.parse('2024-02-14T13:00:00Z');
const FIRST_SAMPLE = '2022-06-30T00:00:00Z';

let stage: Stage;
afterEach(() => stage.close());

describe('The trigger, started as the platform starts it', () => {
  beforeEach(async () => {
    stage = await openStage({ emulator: { now: () => AFTER_THE_SAMPLES } });
  });

  it("turns the documentation's seven alerts into the documentation's seven events, once", async () => {
    const samples = readSamples();
    // The first sample is older than the 92 days that the API answers for: its times are moved beside the others.
    const [first, ...others] = samples;
    for (const { message } of others) stage.emulator.add(message);
    stage.emulator.add(first?.message ?? '', { startTime: AFTER_THE_SAMPLES - 3_600_000 });

    const trigger = await stage.start({ configuration: { start_time: FIRST_SAMPLE, frequency: 60 } });
    await waitUntil('seven events', () => stage.intake.events.length >= 7);
    await waitUntil('the summary', () => trigger.output().includes('"poll_ended"'));
    const stopped = performance.now();
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - stopped).toBeLessThan(10_000);

    const events = stage.intake.events.map(({ text }) => JSON.parse(text));
    expect(byMessage(events)).toEqual(byMessage(samples));
    const lines = stage.place.logs.map(({ level, message }) => `${level} ${message}`);
    // Said where the tests run in a container.
    expect(lines.filter((line) => !line.includes('is on no mounted volume'))).toEqual([
      expect.stringMatching(
        /^info Started: version \d+\.\d+\.\d+, account 127\.0\.0\.1:\d+, a poll every 60 s, events go to 127\.0\.0\.1:\d+\/api\/v1\/intake-http as normalized /,
      ),
      expect.stringMatching(/^warning This machine's clock is .* ahead of 127\.0\.0\.1:\d+; the server's time is used/),
      'info First start: alerts that began at or after 2022-06-30 00:00:00 UTC are collected.',
      'info History: Lacework sent nothing for 2023-11-14 13:01:00 UTC to 2024-02-13 13:01:00 UTC; it is asked again in 10 s.',
      "warning Lacework answers for 92 days back: alerts that began from 2022-06-30 00:00:00 UTC to 2023-11-14 13:01:00 UTC can't be collected. Look at them in the Lacework console.",
      'warning 1 alert is odd: derivedFields is missing. What could be read is forwarded.',
      expect.stringMatching(
        /^info Poll of 2023-11-14 13:01:00 UTC to 2024-02-14 13:00:0\d UTC: 7 alerts seen, 7 new, 7 forwarded, the newest began 2\.0 h ago; 28 calls in \d+\.\d s\.$/,
      ),
      expect.stringMatching(/^debug Waiting \d+ s: the next poll is at 2024-02-14 13:0\d:\d\d UTC\.$/),
      'info Stopped; 7 events forwarded since the start. The state is saved.',
    ]);

    const again = await stage.start({ configuration: { start_time: FIRST_SAMPLE, frequency: 60 } });
    await waitUntil('a poll that finds nothing', () => again.output().includes('"nothing_new"'));
    expect(await again.stop()).toEqual({ code: 0, signal: null });
    expect(stage.intake.events).toHaveLength(7);
    expect(FIRST_SAMPLE).toBe(samples[0]?.['@timestamp']);
    await expectNoSecrets([trigger.output(), again.output()]);
  });
});

describe('A backlog', () => {
  it('of 2,500 alerts in pages of 200 arrives whole, each alert once, and a restart sends nothing', async () => {
    stage = await openStage({ emulator: { pageSize: 200 } });
    const now = Date.now();
    stage.emulator.addGenerated({ count: 2500, seed: 1, from: now - 20 * 3_600_000, to: now - 60_000 });
    const trigger = await stage.start({ configuration: { frequency: 60 } });
    await waitUntil('a summary', () => trigger.output().includes('"poll_ended"'));
    await trigger.stop();
    const ids = stage.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id);
    expect(ids).toHaveLength(2500);
    expect(new Set(ids).size).toBe(2500);

    const again = await stage.start();
    await waitUntil('a poll that finds nothing', () => again.output().includes('"nothing_new"'));
    await again.stop();
    expect(stage.intake.events).toHaveLength(2500);
    expect(again.logs().map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Collection goes on from .*; 2500 delivered alerts are remembered\.$/),
    );
  });
});

describe('What only a person can mend', () => {
  beforeEach(async () => {
    stage = await openStage();
  });

  it.each([
    ['a missing intake key', { configuration: { intake_key: undefined } }, /^Configuration: intake_key is missing\. /],
    [
      'an account that is no host name',
      { account: { account: 'my account!' } },
      /^Account: account is not a .* host name\. Your Lacework account, as in the address/,
    ],
    [
      'a key that is refused',
      { account: { keyId: 'WRONG' } },
      /^Lacework refuses the API key at 127.* Check keyId and secret/,
    ],
  ])('%s: one critical line says what to do, and the process stays without working', async (_, start, critical) => {
    const trigger = await stage.start(start);
    await waitUntil('the critical line', () => stage.place.logs.some(({ level }) => level === 'critical'));
    const callsBefore = stage.emulator.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(stage.place.logs.filter(({ level }) => level === 'critical').map(({ message }) => message)).toEqual([
      expect.stringMatching(critical),
    ]);
    expect(stage.emulator.calls.length).toBe(callsBefore);
    expect(stage.intake.requests).toEqual([]);
    expect(stage.place.logs.map(({ message }) => message).join('\n')).not.toMatch(/^\s+at /m);
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    await expectNoSecrets([trigger.output()]);
  });

  it('an account that can not be reached: one error names the host, and it is tried again', async () => {
    const trigger = await stage.start({ account: { account: 'http://127.0.0.1:9' } });
    await waitUntil('the error', () => stage.place.logs.some(({ level }) => level === 'error'));
    expect(stage.place.logs.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^127\.0\.0\.1:9 refuses or does not accept connections \(ECONNREFUSED\)\. Check .* tried again in \d+ s, and for as long as it takes\.$/,
      ),
    ]);
    expect(stage.place.logs.map(({ message }) => message).join('\n')).not.toMatch(/^\s+at /m);
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
  });
});

function byMessage(events: readonly { readonly message?: unknown }[]): unknown[] {
  return [...events].sort((a, b) => String(a.message).localeCompare(String(b.message)));
}

/** Searches all that a trigger wrote, and all that it sent to the trigger log. */
async function expectNoSecrets(outputs: readonly string[]): Promise<void> {
  const files = await readdir(stage.dataDirectory, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
  );
  const everything = [...outputs, ...contents, ...files.map(({ name }) => name), JSON.stringify(stage.place.logs)].join(
    '\n',
  );
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(intakeKey);
}
