import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const IMPORTING = 'importing';
/** The built product. */
const entryPoint = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const addAlerts = (from: number, to: number) => {
  for (let id = from; id <= to; id++) stage.emulator.add(alertText({ id, start: Date.now() - 3_600_000 }));
};

describe('The process', () => {
  it('stays after a critical line until it is stopped, also when both of its ports are taken', async () => {
    const taken = await Promise.all([occupyPort(), occupyPort()]);
    const [liveness_port = '', metrics_port = ''] = taken.map(portOf);
    const trigger = await stage.start({ configuration: { intake_key: '' }, values: { liveness_port, metrics_port } });
    await waitUntil('the critical line', () => trigger.logs().some(({ level }) => level === 'critical'));
    const isRunning = await Promise.race([trigger.exit.then(() => false), delay(1_000, true)]);
    expect(isRunning).toBe(true);
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(trigger.logs().map(({ level }) => level)).toEqual(['warning', 'warning', 'critical']);
    for (const server of taken) server.close();
  });

  it('ends with 0 when it is stopped while it still starts', async () => {
    const trigger = await stage.start({ nodeOptions: ['--import', slowImport('module-', 20_000)] });
    await waitUntil('the import of its code', () => trigger.output().includes(IMPORTING));
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(trigger.output()).toBe(IMPORTING);
  });

  it.each([
    ['its code is still imported', 'module-', 20_000],
    ['it has not even begun', 'main.js', 500],
  ])('ends with 0 when whoever started it is gone while %s', async (_, part, ms) => {
    const child = spawn(process.execPath, ['--import', slowImport(part, ms), entryPoint, 'fetch_new_logs'], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(15_000) });
    try {
      await once(child.stdout as Readable, 'data');
      child.disconnect();
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('says at the stop how many delivered events could not be recorded, and that they are sent again', async () => {
    addAlerts(1, 3);
    const trigger = await stage.start();
    await waitUntil('three events', () => trigger.output().includes('"poll_ended"'));
    const state = join(stage.dataDirectory, 'state');
    await rm(state, { recursive: true });
    await writeFile(state, 'no directory');
    addAlerts(4, 6);
    await waitUntil('the store failing', () => trigger.output().includes('"store_failed"'));
    expect(stage.intake.events).toHaveLength(6);
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(
      trigger
        .logs()
        .map(({ level, message }) => `${level} ${message}`)
        .slice(-2),
    ).toEqual([
      'error 3 events that the intake has acknowledged could not be recorded: the next start sends them again. Mend the state store before it.',
      'info Stopped; 3 events forwarded since the start.',
    ]);
  });
});

it('A key that has worked is not given up for one refusal, also when the loop has started again meanwhile', async () => {
  addAlerts(1, 1);
  const trigger = await stage.start();
  await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
  process.kill(trigger.pid, 'SIGSTOP');
  // Longer than its lease, which is lost then.
  await delay(32_000);
  stage.emulator.faults.set({ kind: 'key-revoked' });
  process.kill(trigger.pid, 'SIGCONT');
  await waitUntil('a refusal', () => trigger.output().includes('"poll_failed"'), 20_000);
  expect(trigger.output()).toContain('"lease_lost"');
  expect(trigger.logs().filter(({ level }) => level === 'critical')).toEqual([]);
  expect(await trigger.stop()).toEqual({ code: 0, signal: null });
}, 90_000);

it('Slow batches are signs of life, each of them', async () => {
  addAlerts(1, 12);
  stage.intake.faults.set({ kind: 'late-answer', afterMs: 500 });
  const trigger = await stage.start({ configuration: { chunk_size: 1, concurrency: 1 } });
  await waitUntil('the sixth event', () => stage.intake.events.length >= 6);
  const health = (await (await fetch(`http://127.0.0.1:${trigger.livenessPort}/health`)).json()) as {
    last_heartbeat: string;
  };
  expect(Date.now() - Date.parse(health.last_heartbeat)).toBeLessThan(1_500);
  await trigger.stop();
});

/** A module that makes each module with `part` in its name take `ms` to begin, and say so. */
function slowImport(part: string, ms: number): string {
  // In the module itself: Node 24 stands still while a hook takes its time.
  const slow = `import { writeSync as say } from 'node:fs';
    say(1, '${IMPORTING}');
    await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
  const hooks = `export async function load(url, context, next) {
      const loaded = await next(url, context);
      return url.includes('${part}') ? { ...loaded, source: ${JSON.stringify(slow)} + loaded.source } : loaded;
    }`;
  const data = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  return data(`import { register } from 'node:module'; register(${JSON.stringify(data(hooks))});`);
}

async function occupyPort(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

function portOf(server: Server): string {
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : '');
}
