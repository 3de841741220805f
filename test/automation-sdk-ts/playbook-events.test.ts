import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JsonText, type PlaybookEvent } from '@sekoia/automation-sdk-ts';
import { freePort } from '../helpers/free-port.js';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import { idleTrigger, type ModuleRun, markers, startModule } from './module-run.js';
import { type Behaviour, failures, type PlatformServer, startPlatformServer } from './platform-server.js';

const event: PlaybookEvent = {
  name: 'Alert',
  event: { id: 7 },
  requestId: '0192f0c1-0000-7000-8000-000000000001',
};

describe('an event that starts a playbook run', () => {
  let platform: PlatformServer;
  const newClock = steppedClocks();
  let clock: SteppedClock;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    clock = newClock();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const send = async (
    sent: PlaybookEvent,
    behaviours: readonly Behaviour[],
    forever?: Behaviour,
    environment: Readonly<Record<string, string>> = {},
  ) => {
    const { item, context } = idleTrigger();
    platform.next('/callback', behaviours, forever);
    run = await startModule({
      platform,
      item,
      clock,
      callTimeoutMs: 250,
      environment: { TRIGGER_CONFIGURATION: '{}', ...environment },
    });
    const { sendEvent } = await context;
    const outcome: { result?: string; status?: number | undefined } = {};
    sendEvent(sent).then(
      () => {
        outcome.result = 'sent';
      },
      (error) => {
        outcome.result = error.message;
        outcome.status = error.status;
      },
    );
    await clock.runUntil('the outcome', () => outcome.result !== undefined, 3_600_000);
    return outcome;
  };

  it('is posted to the callback', async () => {
    expect(await send({ ...event, directory: 'alert-7' }, [])).toEqual({ result: 'sent' });
    const [call] = platform.to('/callback');
    expect(call?.method).toBe('POST');
    expect(call?.authorization).toBe(`Bearer ${markers.token}`);
    expect(call?.body).toEqual({
      name: 'Alert',
      event: { id: 7 },
      request_id: event.requestId,
      directory: 'alert-7',
    });
  });

  it('given as JSON text arrives as it stands, whatever digits its numbers have', async () => {
    const text = '{"id":9007199254740993,"n":1.0}';
    expect(await send({ ...event, event: new JsonText(text) }, [])).toEqual({ result: 'sent' });
    const [call] = platform.to('/callback');
    expect(call?.text).toContain(`"event":${text}`);
    expect(call?.body).toMatchObject({ name: 'Alert', request_id: event.requestId });
  });

  it.each(failures)('is sent again, under the same request id, after a failure: %j', async (failure) => {
    expect(await send(event, [failure])).toEqual({ result: 'sent' });
    const body = { name: 'Alert', event: { id: 7 }, request_id: event.requestId };
    expect(platform.to('/callback').map((call) => call.body)).toEqual([body, body]);
  });

  it('is an event that went out, for the health check and the rule of repeated errors', async () => {
    const port = await freePort();
    await send(event, [{ kind: 'status', status: 503 }], undefined, { LIVENESS_PORT: `${port}` });
    const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
    expect(health).toMatchObject({ last_events_time: '2026-01-31T09:30:01.000Z' });
  });

  it('is given up after 10 attempts, the pauses doubled each time', async () => {
    const { host } = new URL(platform.url);
    expect(await send(event, [], { kind: 'status', status: 502 })).toEqual({
      result: `The platform ${host} answered with status 502.`,
      status: 502,
    });
    expect(platform.to('/callback')).toHaveLength(10);
    expect(clock.monotonic()).toBe((2 ** 9 - 1) * 1_000);
    const warnings = run?.lines.filter(({ code }) => code === 'event_delayed') ?? [];
    expect(warnings).toHaveLength(9);
    expect(warnings[1]?.message).toBe(
      `A run of the playbook could not be started yet. The platform ${host} answered with status 502. The next attempt is in 2 s.`,
    );
  });

  it.each([400, 404, 429])('is sent once when the platform answers %d', async (status) => {
    expect(await send(event, [], { kind: 'status', status })).toMatchObject({ status });
    expect(platform.to('/callback')).toHaveLength(1);
  });
});
