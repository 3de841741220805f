import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openStage, type Stage, type StageTrigger } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';
import { readLetters } from './delivery-stage.js';

const HOUR_MS = 3_600_000;
/** A poll a second, which the API's usual budget would not carry. */
const OFTEN = { frequency: 1, ratelimit_per_hour: 1_000_000 };
const MAX_EVENT_BYTES = 250 * 1024;
const MAX_BODY_BYTES = 10 * 1024 * 1024;

let stage: Stage;
afterEach(() => stage.close());

const alert = (id: number, fields: object = {}, info: object = {}) =>
  JSON.stringify({
    alertId: id,
    startTime: new Date(Date.now() - HOUR_MS).toISOString(),
    alertType: 'AType',
    severity: 'High',
    alertInfo: { subject: 'A subject', description: 'A description', ...info },
    ...fields,
  });

const polled = (trigger: StageTrigger) => waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
const lines = (trigger: StageTrigger) =>
  trigger
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { code: string; level: string; message: string });
const metric = async (trigger: StageTrigger, name: string) => {
  const text = await (await fetch(`http://127.0.0.1:${trigger.metricsPort}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => new RegExp(`^\\w*${name}(\\{.*\\})? `).test(line))
      ?.split(' ')
      .at(-1),
  );
};

describe('An alert that is larger than the intake takes', () => {
  it('goes out with message cut at the end of a character and marked; its full text is a dead letter', async () => {
    stage = await openStage();
    const large = alert(1, { filler: '🙂é"\\'.repeat(40_000) });
    stage.emulator.add(large);
    stage.emulator.add(alert(2));
    const trigger = await stage.start();
    await polled(trigger);
    const texts = stage.intake.events.map(({ text }) => text);
    expect(texts).toHaveLength(2);
    const [text = ''] = texts.filter((one) => one.includes('message_truncated'));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    // The next character would not have fitted.
    expect(Buffer.byteLength(text)).toBeGreaterThan(MAX_EVENT_BYTES - 4);
    const event = JSON.parse(text);
    expect(large.startsWith(event.message)).toBe(true);
    expect(event.message.isWellFormed()).toBe(true);
    expect(event.lacework.cloud_security.alert).toMatchObject({ id: 1, severity: 'High', message_truncated: true });
    expect(await readLetters(stage.dataDirectory)).toEqual([
      expect.objectContaining({ kind: 'cut', reason: 'message was cut to fit 250 KiB', alertId: '1', text: large }),
    ]);
    expect(lines(trigger).filter(({ level }) => level === 'warning')).toContainEqual(
      expect.objectContaining({
        code: 'message_cut',
        message: `Alerts larger than the intake takes: 1. Their events go out with message cut and marked, and the full text is kept in the dead letters in ${stage.dataDirectory}/dead-letters.`,
      }),
    );
    expect(await metric(trigger, 'forwarded_events_total')).toBe(2);
    expect(await metric(trigger, 'discarded_events_total')).toBe(0);
    await trigger.stop();
  });

  it('even without its message goes to the dead letters whole, and is an error', async () => {
    stage = await openStage();
    const large = alert(1, {}, { subject: 's'.repeat(300_000) });
    stage.emulator.add(large);
    stage.emulator.add(alert(2));
    const trigger = await stage.start({ configuration: OFTEN });
    await polled(trigger);
    await waitUntil('another poll', () => trigger.output().includes('"nothing_new"'));
    expect(stage.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id)).toEqual([2]);
    expect(await readLetters(stage.dataDirectory)).toEqual([
      expect.objectContaining({ kind: 'too_large', reason: 'larger than 250 KiB', alertId: '1', text: large }),
    ]);
    expect(lines(trigger)).toContainEqual(
      expect.objectContaining({
        code: 'dead_lettered',
        level: 'error',
        message: expect.stringMatching(/larger than 250 KiB/),
      }),
    );
    expect(lines(trigger)).toContainEqual(
      expect.objectContaining({
        code: 'poll_ended',
        message: expect.stringMatching(/2 new.*1 forwarded.*1 kept as dead letters/),
      }),
    );
    expect(await metric(trigger, 'discarded_events_total')).toBe(1);
    await trigger.stop();

    const again = await stage.start();
    await waitUntil('a poll', () => /"(nothing_new|poll_ended)"/.test(again.output()));
    await again.stop();
    expect(await readLetters(stage.dataDirectory)).toHaveLength(1);
  });

  it('is never cut as a raw alert: at the limit it goes out, one byte more and it is a dead letter', async () => {
    stage = await openStage();
    const ofBytes = (id: number, bytes: number) => {
      const frame = Buffer.byteLength(alert(id, { filler: '' }));
      const rest = bytes - frame;
      return alert(id, { filler: 'é'.repeat(Math.floor(rest / 2)) + 'x'.repeat(rest % 2) });
    };
    const [fits, larger] = [ofBytes(1, MAX_EVENT_BYTES), ofBytes(2, MAX_EVENT_BYTES + 1)];
    stage.emulator.add(fits);
    stage.emulator.add(larger);
    const trigger = await stage.start({ configuration: { event_format: 'raw' } });
    await polled(trigger);
    expect(stage.intake.events.map(({ text }) => text)).toEqual([fits]);
    expect((await readLetters(stage.dataDirectory)).map(({ kind, text }) => ({ kind, text }))).toEqual([
      { kind: 'too_large', text: larger },
    ]);
    await trigger.stop();
  });
});

describe('Dead letters that reach dead_letters_max_mb', () => {
  it('stop collection, and it goes on at the next start with more room, from where it was', async () => {
    stage = await openStage();
    const large = alert(1, { filler: 'x'.repeat(1_100_000) });
    stage.emulator.add(large);
    stage.emulator.add(alert(2));
    const configuration = { event_format: 'raw', ...OFTEN };
    const full = await stage.start({ configuration: { ...configuration, dead_letters_max_mb: 1 } });
    await waitUntil('the error', () => full.output().includes('"store_failed"'));
    await full.stop();
    expect(lines(full).find(({ code }) => code === 'store_failed')).toMatchObject({
      level: 'error',
      message: `The dead letters in ${stage.dataDirectory}/dead-letters have reached dead_letters_max_mb (1 MB). Look at them, replay or delete what is there, or raise dead_letters_max_mb. Collection waits and goes on by itself; nothing is lost.`,
    });
    expect(full.output()).not.toMatch(/"(poll_ended|nothing_new)"/);
    expect(await readLetters(stage.dataDirectory)).toEqual([]);

    const raised = await stage.start({ configuration: { ...configuration, dead_letters_max_mb: 2 } });
    await polled(raised);
    await raised.stop();
    expect((await readLetters(stage.dataDirectory)).map(({ text }) => text)).toEqual([large]);
    expect(stage.intake.events.map(({ text }) => JSON.parse(text).alertId)).toEqual([2]);
  });
});

describe('Text of which every character needs an escape or four bytes', () => {
  it.each(['normalized', 'raw'])('leaves in bodies of at most 10 MiB, all of it (%s)', async (event_format) => {
    stage = await openStage({ intake: { keepEvents: true } });
    const texts = ['🙂', '"', '\\', '\u0001', '\u2028'].map((character) => character.repeat(20_000));
    const count = 120;
    for (let id = 0; id < count; id++) stage.emulator.add(alert(id, { filler: texts[id % texts.length] }));
    const isPlain = event_format === 'normalized';
    const trigger = await stage.start({ configuration: { event_format, ...(isPlain ? { compress: false } : {}) } });
    await polled(trigger);
    expect(stage.intake.requests.map(({ bytesSent, bytes }) => bytesSent === bytes)).toEqual(
      stage.intake.requests.map(() => isPlain),
    );
    expect(stage.intake.requests.map(({ status }) => status)).toEqual(stage.intake.requests.map(() => 200));
    expect(stage.intake.requests.length).toBeLessThan(6);
    const largest = Math.max(...stage.intake.requests.map(({ bytes }) => bytes));
    expect(largest).toBeLessThanOrEqual(MAX_BODY_BYTES);
    expect(largest).toBeGreaterThan(MAX_BODY_BYTES - 600_000);
    expect(new Set(stage.intake.events.map(({ text }) => text)).size).toBe(count);
    expect(stage.intake.accepted).toBe(count);
    expect(await readLetters(stage.dataDirectory)).toEqual([]);
    await trigger.stop();
  });
});

describe('The format of the events', () => {
  it('raw is the exact text of each alert, and the start says so', async () => {
    stage = await openStage();
    const odd = `{ "alertId" : 9007199254740993, "startTime":"${new Date(Date.now() - HOUR_MS).toISOString()}", "n":1.0, "s":"\\u0041" }`;
    stage.emulator.add(odd);
    const trigger = await stage.start({ configuration: { event_format: 'raw' } });
    await polled(trigger);
    expect(stage.intake.events.map(({ text }) => text)).toEqual([odd]);
    expect(lines(trigger).find(({ code }) => code === 'started')?.message).toMatch(
      / as raw alerts, for an intake that parses Lacework's format, /,
    );
    expect(lines(trigger).filter(({ code }) => code === 'raw_expected')).toEqual([]);
    await trigger.stop();
  });

  it.each([
    ['https://intake.fra2.sekoia.io/api/v1/intake-http', 'normalized', true],
    ['https://Intake.SEKOIA.io:8443', 'normalized', true],
    ['https://intake.sekoia.io', 'raw', false],
    ['https://notsekoia.io', 'normalized', false],
  ])('sent to %s as %s gets a warning: %s', async (intake_server, event_format, isWarned) => {
    stage = await openStage();
    const trigger = await stage.start({ configuration: { intake_server, event_format } });
    await waitUntil('a poll', () => /"(nothing_new|poll_ended)"/.test(trigger.output()));
    const warnings = lines(trigger).filter(({ code }) => code === 'raw_expected');
    expect(warnings).toEqual(
      isWarned
        ? [
            expect.objectContaining({
              level: 'warning',
              message: `Normalized events go to ${new URL(intake_server).host}, whose Lacework intake parses raw alerts: set event_format to raw, unless a custom intake takes them as they are.`,
            }),
          ]
        : [],
    );
    await trigger.stop();
  });
});

describe('The playbook', () => {
  it.each(['normalized', 'raw'])(
    'is started with the ECS event of each new alert at or above the severity (%s)',
    async (event_format) => {
      stage = await openStage();
      for (const [id, severity] of ['Info', 'Low', 'Medium', 'High', 'Critical'].entries()) {
        stage.emulator.add(alert(id, { severity }));
      }
      const configuration = { event_format, launch_playbook_for: 'high', ...OFTEN };
      const trigger = await stage.start({ configuration });
      await waitUntil('another poll', () => trigger.output().includes('"nothing_new"'));
      expect(stage.intake.accepted).toBe(5);
      const runs = stage.place.playbookRuns;
      expect(runs.map(({ name }) => name)).toEqual(['Lacework alert 3', 'Lacework alert 4']);
      for (const [index, { event }] of runs.entries()) {
        const { lacework, observer } = event as { lacework: never; observer: { vendor: string } };
        expect(lacework).toMatchObject({ cloud_security: { alert: { id: 3 + index } } });
        expect(observer.vendor).toBe('Lacework');
      }
      expect(new Set(runs.map(({ request_id }) => request_id)).size).toBe(2);
      await trigger.stop();

      const again = await stage.start({ configuration });
      await waitUntil('a poll', () => again.output().includes('"nothing_new"'));
      await again.stop();
      expect(stage.place.playbookRuns).toHaveLength(2);
    },
  );

  it('is not started again for a change, nor for a severity that is none', async () => {
    stage = await openStage();
    for (const [id, severity] of ['Critical', 'Urgent', undefined].entries())
      stage.emulator.add(alert(id, { severity }));
    const configuration = { launch_playbook_for: 'info', forward_updates: true, ...OFTEN };
    const trigger = await stage.start({ configuration });
    await polled(trigger);
    stage.emulator.change(0, { description: 'Another' });
    await waitUntil('the change', () => stage.intake.accepted === 4);
    await waitUntil('its poll', () => trigger.output().split('"poll_ended"').length === 3);
    expect(stage.place.playbookRuns.map(({ name }) => name)).toEqual(['Lacework alert 0']);
    await trigger.stop();
  });

  it('is no field of the connector', async () => {
    const read = async (name: string) => JSON.parse(await readFile(new URL(`../../${name}`, import.meta.url), 'utf8'));
    expect((await read('trigger_fetch_new_logs.json')).arguments.properties).toHaveProperty('launch_playbook_for');
    expect((await read('connector_fetch_new_logs.json')).arguments.properties).not.toHaveProperty(
      'launch_playbook_for',
    );
    stage = await openStage();
  });
});

describe('Requests in flight', () => {
  it('are as many as concurrency says, of chunk_size events each', async () => {
    stage = await openStage();
    for (let id = 0; id < 20; id++) stage.emulator.add(alert(id));
    stage.intake.faults.set({ kind: 'hang-before-headers' });
    const trigger = await stage.start({ configuration: { chunk_size: 3, concurrency: 2 } });
    await waitUntil('two requests', () => stage.intake.requests.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stage.intake.requests.map(({ events }) => events)).toEqual([3, 3]);
    await trigger.kill();
  });
});

describe('The checkpoint', () => {
  it('stays behind a batch that is not acknowledged, whatever the others are', async () => {
    stage = await openStage();
    const now = Date.now();
    stage.emulator.addGenerated({ count: 400, seed: 6, from: now - 20 * HOUR_MS, to: now - 60_000 });
    // One of eight batches is held; the others are taken.
    stage.intake.faults.set({ kind: 'hang-before-headers', times: 1 });
    const trigger = await stage.start({ configuration: { frequency: 1, chunk_size: 50 } });
    await waitUntil('the others are taken', () => stage.intake.accepted === 350);
    await waitUntil(
      'their records',
      async () => (await readdir(join(stage.dataDirectory, 'state', 'seen'))).length === 7,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const checkpoint = JSON.parse(await readFile(join(stage.dataDirectory, 'state', 'checkpoint-0.json'), 'utf8'));
    expect(checkpoint.value).toEqual({ generation: 0, floor: expect.any(Number) });
    expect(await readdir(join(stage.dataDirectory, 'state'))).not.toContain('checkpoint-1.json');
    expect(trigger.output()).not.toMatch(/"poll_ended"/);
    await trigger.kill();

    const again = await stage.start({ configuration: { chunk_size: 50 } });
    await polled(again);
    await again.stop();
    expect(stage.intake.accepted).toBe(400);
    expect(new Set(stage.intake.events.map(({ text }) => text)).size).toBe(400);
  });
});

describe('Events that wait for a page', () => {
  it('leave while the API is slow with the next one', async () => {
    stage = await openStage({ emulator: { pageSize: 50 } });
    const now = Date.now();
    stage.emulator.addGenerated({ count: 100, seed: 7, from: now - 20 * HOUR_MS, to: now - 60_000 });
    stage.emulator.faults.set({ kind: 'hang-before-headers', on: 'list', page: 2 });
    const trigger = await stage.start();
    await waitUntil('the first page has arrived', () => stage.intake.accepted === 50);
    expect(trigger.output()).not.toMatch(/"poll_ended"|"poll_failed"/);
    await trigger.kill();
  });
});
