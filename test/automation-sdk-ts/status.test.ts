import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../helpers/free-port.js';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import { connector, idleConnector, type ModuleRun, startModule } from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

describe('the status of a running trigger', () => {
  const newClock = steppedClocks();
  let platform: PlatformServer;
  let clock: SteppedClock;
  let run: ModuleRun | undefined;
  let held: Server[];
  let health: string;
  let metrics: string;

  beforeEach(async () => {
    platform = await startPlatformServer();
    clock = newClock();
    run = undefined;
    held = [];
  });

  afterEach(async () => {
    for (const server of held) server.close();
    await run?.stop();
    await platform.close();
  });

  const start = async () => {
    const [livenessPort, metricsPort] = [await freePort(), await freePort()];
    health = `http://127.0.0.1:${livenessPort}/health`;
    metrics = `http://127.0.0.1:${metricsPort}/metrics`;
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      clock,
      environment: { LIVENESS_PORT: `${livenessPort}`, METRICS_PORT: `${metricsPort}` },
    });
    return await context;
  };
  const get = async (address: string) => {
    const response = await fetch(address);
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };

  it('is 200 with the five facts while the heartbeat is young', async () => {
    const { metrics: figures } = await start();
    await clock.advance(60_000);
    figures.forwarded(3);
    expect(await get(health)).toEqual({
      status: 200,
      body: {
        last_events_time: '2026-01-31T09:31:00.000Z',
        last_heartbeat: '2026-01-31T09:30:00.000Z',
        seconds_without_events_threshold: 0,
        last_heartbeat_threshold: 300,
        error_count: 0,
      },
    });
  });

  it('is 500 when there was no heartbeat for more than 300 s, and 200 again after one', async () => {
    const { monitor } = await start();
    await clock.advance(300_000);
    expect((await get(health)).status).toBe(200);
    await clock.advance(1);
    expect(await get(health)).toMatchObject({ status: 500, body: { last_heartbeat: '2026-01-31T09:30:00.000Z' } });
    monitor.heartbeat();
    expect((await get(health)).status).toBe(200);
  });

  it('stays 200 without any event, however long', async () => {
    const { monitor } = await start();
    await clock.advance(6 * 3_600_000);
    monitor.heartbeat();
    expect((await get(health)).status).toBe(200);
  });

  it('stays 200 after a critical line, when the trigger does nothing on purpose', async () => {
    const { monitor } = await start();
    monitor.report({ code: 'sample', level: 'critical', text: 'The key is refused.' });
    await clock.advance(3_600_000);
    expect((await get(health)).status).toBe(200);
  });

  it('counts the errors in a row', async () => {
    const port = await freePort();
    const item = connector(() => Promise.reject(new Error('it is broken')));
    run = await startModule({ platform, item, clock, environment: { LIVENESS_PORT: `${port}` } });
    await clock.runUntil('three errors', () => run?.lines.length === 3, 60_000);
    expect((await get(`http://127.0.0.1:${port}/health`)).body.error_count).toBe(3);
  });

  it.each(['/', '/healthz', '/metrics', '//', '/health/more'])('has nothing at %s', async (path) => {
    await start();
    expect(await get(new URL(health).origin + path)).toEqual({ status: 404, body: { error: 'Only /health is here.' } });
  });

  it('shows the figures under the names that all modules share, with a hash in the place of the intake key', async () => {
    const { metrics: figures } = await start();
    figures.collected(5);
    figures.forwarded(3);
    figures.forwarded(1);
    figures.discarded(1);
    figures.lag(12.5);
    figures.forwardDuration(0.2);
    figures.waiting(7);
    figures.polled(1_767_225_600_000, 1.5);
    figures.callsLeft(470);
    const { status, body } = await get(metrics);
    expect(status).toBe(200);
    const key = 'intake_key="92f399f43dcf"';
    const figure = (line: string) => line.replace(/\{.*\}/, (labels) => `{${labels.includes(key)}}`);
    const lines = body.split('\n').filter((line: string) => line !== '' && !line.startsWith('#'));
    expect(lines.map(figure).filter((line: string) => !line.includes('_bucket'))).toEqual([
      'symphony_module_sample_collected_events_total{true} 5',
      'symphony_module_common_forwarded_events_total{true} 4',
      'symphony_module_common_discarded_events_total{true} 1',
      'symphony_module_common_events_lags{true} 12.5',
      'symphony_module_common_forward_events_duration_sum{true} 0.2',
      'symphony_module_common_forward_events_duration_count{true} 1',
      'symphony_module_sample_waiting_events{true} 7',
      'symphony_module_sample_last_poll_timestamp_seconds{true} 1767225600',
      'symphony_module_sample_poll_duration_seconds{true} 1.5',
      'symphony_module_sample_calls_left{true} 470',
      ...new Array(5).fill('symphony_module_sample_messages_total{true} 0'),
    ]);
    expect(body).toContain('# TYPE symphony_module_common_forward_events_duration histogram');
    expect(body).toContain('# TYPE symphony_module_common_events_lags gauge');
    expect(body).toContain('# TYPE symphony_module_common_forwarded_events_total counter');
  });

  it('has nothing beside /metrics on the port of the metrics', async () => {
    await start();
    expect(await get(`${new URL(metrics).origin}/health`)).toEqual({
      status: 404,
      body: { error: 'Only /metrics is here.' },
    });
  });

  it('is missing with a clear warning when a port is taken, and the trigger works on', async () => {
    const taken = createServer().listen(0);
    const { port } = taken.address() as { port: number };
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      clock,
      environment: { LIVENESS_PORT: `${port}`, METRICS_PORT: `${port}` },
    });
    expect((await context).account.host).toBe('api.example.com');
    expect(run.lines.map(({ level, message }) => [level, message])).toEqual([
      [
        'warning',
        `The health check can't be offered on port ${port} (EADDRINUSE); the trigger works without it. Free the port, or give another one as liveness_port.`,
      ],
      [
        'warning',
        `The metrics can't be offered on port ${port} (EADDRINUSE); the trigger works without it. Free the port, or give another one as metrics_port.`,
      ],
    ]);
    taken.close();
  });

  it('is offered on the ports 8000 and 8020 when the platform gives none', async () => {
    // Both are held here, or by somebody else on this machine: the warnings tell which were tried.
    held = [8000, 8020].map((port) =>
      createServer()
        .on('error', () => undefined)
        .listen(port),
    );
    await Promise.allSettled(held.map((server) => once(server, 'listening')));
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      clock,
      environment: { LIVENESS_PORT: undefined, METRICS_PORT: undefined },
    });
    await context;
    expect(run.lines.map(({ message }) => message.slice(0, message.indexOf(' (')))).toEqual([
      "The health check can't be offered on port 8000",
      "The metrics can't be offered on port 8020",
    ]);
  });
});
