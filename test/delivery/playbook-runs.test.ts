import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { JsonText, PlatformError, type PlaybookEvent } from '@sekoia/automation-sdk-ts';
import { PlaybookRuns } from '../../lib/collector/playbook-runs.js';
import { type DeliveryStage, openDeliveryStage } from './delivery-stage.js';

const HOUR_MS = 3_600_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;

let stage: DeliveryStage;
afterEach(() => stage.close());

const said = () => stage.said.map(({ level, text }) => `${level} ${text}`);
const platformError = (status: number | undefined) =>
  new PlatformError('platform_status', `The platform example answered with status ${status}.`, status);

/** A platform that answers each call as the next of the list says; undefined is a success, as is the end of the list. */
function platform(answers: (Error | undefined)[] = []) {
  const calls: { requestId: string; event: unknown; text: string; stored: number }[] = [];
  return {
    calls,
    async sendEvent({ requestId, event }: PlaybookEvent) {
      if (!(event instanceof JsonText)) throw new TypeError('The event is not given as its text.');
      calls.push({ requestId, event: JSON.parse(event.text), text: event.text, stored: stage.intake.accepted });
      const answer = answers.shift();
      if (answer) throw answer;
    },
  };
}

async function deliver(events: readonly string[]): Promise<void> {
  let ended = false;
  const delivered = stage.deliver(events).finally(() => {
    ended = true;
  });
  delivered.catch(() => undefined);
  await stage.clock.runUntil('the delivery ends', () => ended, HOUR_MS);
  await delivered;
}

const owed = async () => (await readdir(join(stage.directory, 'state', 'runs')).catch(() => [])).length;

describe('A run of the playbook', () => {
  it('is started for each alert that asks for one, after the acknowledgement, under an id that follows from the alert', async () => {
    const { calls, sendEvent } = platform();
    stage = await openDeliveryStage({ sendEvent });
    await deliver(['{"n":0}', '{"n":1,"run":1}', '{"n":2,"run":1}']);
    expect(calls.map(({ event, stored }) => ({ event, stored }))).toEqual([
      { event: { n: 1, run: 1 }, stored: 3 },
      { event: { n: 2, run: 1 }, stored: 3 },
    ]);
    for (const { requestId } of calls) expect(requestId).toMatch(uuid);
    expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(2);
    expect(await owed()).toBe(0);
    await stage.close();

    const again = platform();
    stage = await openDeliveryStage({ sendEvent: again.sendEvent });
    await deliver(['{"n":0}', '{"n":1,"run":1}', '{"n":2,"run":1}']);
    expect(again.calls.map(({ requestId }) => requestId)).toEqual(calls.map(({ requestId }) => requestId));
  });

  it('is started with the event as the intake has it, to the last digit', async () => {
    const { calls, sendEvent } = platform();
    stage = await openDeliveryStage({ sendEvent });
    await deliver(['{"id":9007199254740993,"run":1}']);
    expect(calls.map(({ text }) => text)).toEqual(stage.intake.events.map(({ text }) => text));
  });

  it('has another id when the alert has changed', async () => {
    const ids: string[] = [];
    for (const fingerprint of [1, 2]) {
      const { calls, sendEvent } = platform();
      stage = await openDeliveryStage({ sendEvent, fingerprint });
      await deliver(['{"n":1,"run":1}']);
      ids.push(...calls.map(({ requestId }) => requestId));
      if (fingerprint === 1) await stage.close();
    }
    expect(new Set(ids).size).toBe(2);
  });

  it('that fails because the trigger stops is not spoken of, and stays owed', async () => {
    stage = await openDeliveryStage({
      sendEvent: () => {
        stage.stop.abort();
        return Promise.reject(platformError(undefined));
      },
    });
    await expect(deliver(['{"n":1,"run":1}'])).rejects.toMatchObject({ code: 'stopped' });
    expect(said()).toEqual([]);
    expect(await owed()).toBe(1);
    expect(await stage.recorded()).toBe(1);
  });

  it('is not started for an event that the intake refuses', async () => {
    const { calls, sendEvent } = platform();
    stage = await openDeliveryStage({ sendEvent });
    stage.intake.faults.set({ kind: 'event-errors', containing: '"n":1', status: 422 });
    await deliver(['{"n":0,"run":1}', '{"n":1,"run":1}']);
    expect(calls.map(({ event }) => event)).toEqual([{ n: 0, run: 1 }]);
  });

  it.each([500, 503, undefined])(
    'that meets %s holds the window and is tried until it is started; the intake gets nothing twice',
    async (status) => {
      const { calls, sendEvent } = platform(new Array(20).fill(platformError(status)));
      stage = await openDeliveryStage({ sendEvent });
      await deliver(['{"n":1,"run":1}']);
      expect(calls).toHaveLength(21);
      expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(1);
      expect(stage.intake.requests).toHaveLength(1);
      expect(stage.clock.monotonic()).toBeGreaterThan(7 * 60_000);
      const problem = `A run of the playbook could not be started: The platform example answered with status ${status}. It is tried again until it is; collection waits.`;
      expect(said().slice(0, 2)).toEqual([`error ${problem}`, expect.stringMatching(/^(error|info) /)]);
      expect(said().length).toBeLessThanOrEqual(3);
      expect(said().at(-1)).toMatch(/^info Runs of the playbook are started again, after \d/);
      expect(await owed()).toBe(0);
    },
  );

  it('that is refused with a 4xx goes to the dead letters; the others are started, the event stays delivered', async () => {
    const { calls, sendEvent } = platform([undefined, platformError(400), platformError(499)]);
    stage = await openDeliveryStage({ sendEvent });
    await deliver(['{"n":0,"run":1}', '{"n":1,"run":1}', '{"n":2,"run":1}', '{"n":3,"run":1}']);
    expect(calls).toHaveLength(4);
    expect(await stage.letters()).toEqual([
      {
        kind: 'run_refused',
        reason: 'playbook run refused: the platform answers 400',
        alertId: '1',
        text: '{"n":1,"run":1}',
        time: '2026-01-31T09:30:00.000Z',
      },
      expect.objectContaining({ alertId: '2', reason: 'playbook run refused: the platform answers 499' }),
    ]);
    expect(said()).toEqual([
      `error The platform refuses to start runs of the playbook (status 499): 2. The events were delivered; copies are kept in the dead letters in ${stage.directory}/dead-letters.`,
    ]);
    expect(stage.counts).toMatchObject({ forwarded: 4, deadLetters: 0 });
    expect(stage.intake.requests).toHaveLength(1);
    expect(await owed()).toBe(0);
  });

  it('that was owed at the stop is started at the next start, once, and the event is not delivered again', async () => {
    const { calls, sendEvent } = platform(new Array(100).fill(platformError(503)));
    stage = await openDeliveryStage({ sendEvent });
    const delivered = stage.deliver(['{"n":1,"run":1}']);
    await stage.clock.runUntil('it has failed thrice', () => calls.length === 3, HOUR_MS);
    stage.stop.abort();
    await expect(delivered).rejects.toMatchObject({ code: 'stopped' });
    expect(await stage.recorded()).toBe(1);
    expect(await owed()).toBe(1);

    const { storage, clock, parts } = stage;
    const next = platform();
    const runs = new PlaybookRuns({ ...parts, storage, clock, sendEvent: next.sendEvent, toEvent: (json) => json });
    await runs.startLeft({ ...parts, signal: new AbortController().signal });
    await runs.startLeft({ ...parts, signal: new AbortController().signal });
    expect(next.calls.map(({ requestId, event }) => ({ requestId, event }))).toEqual([
      { requestId: calls[0]?.requestId, event: { n: 1, run: 1 } },
    ]);
    expect(await owed()).toBe(0);
    expect(stage.intake.requests).toHaveLength(1);
  });

  it('whose note is damaged is said, and the notes of others are followed', async () => {
    const { calls, sendEvent } = platform();
    stage = await openDeliveryStage({ sendEvent });
    const folder = join(stage.directory, 'state', 'runs');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '000000000001.json'), '{"half":');
    const run = { requestId: '12345678-1234-8234-a234-123456789012', alertId: null, event: '{"n":7}' };
    await stage.storage.set('runs/000000000002', { runs: [run] });
    await stage.runs.startLeft(stage.parts);
    expect(calls.map(({ event }) => event)).toEqual([{ n: 7 }]);
    expect(said()).toEqual([
      `error A note of playbook runs to start is damaged (set aside: ${folder}/000000000001.json.corrupt). Its alerts are delivered, but their runs are not started: start them by hand where they are needed.`,
    ]);
  });
});
