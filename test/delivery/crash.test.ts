import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';
import { readLetters } from './delivery-stage.js';

const HOUR_MS = 3_600_000;
const killer = fileURLToPath(new URL('kill-at-step.mjs', import.meta.url));

let stage: Stage;
afterEach(() => stage.close());

const alert = (id: number, alertType: string, info: object = {}, filler = '') =>
  JSON.stringify({
    alertId: id,
    startTime: new Date(Date.now() - HOUR_MS).toISOString(),
    alertType,
    severity: 'Critical',
    alertInfo: { subject: 'A subject', description: 'A description', ...info },
    filler,
  });

const arrivals = () => {
  const counts = new Map<string, number>();
  for (const { text } of stage.intake.events) {
    const id = String(JSON.parse(text).lacework.cloud_security.alert.id);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

describe('kill -9 between the acknowledgement and the record of it', () => {
  it('at any step repeats at most the batch in flight, and loses no event, no dead letter, no run', async () => {
    const configuration = { frequency: 60, launch_playbook_for: 'critical' };
    let killed = 0;
    for (let step = 0, isKilled = true; isKilled; step++) {
      stage = await openStage();
      stage.intake.faults.set({ kind: 'event-errors', containing: 'Refused', status: 422 });
      for (const [id, type] of ['Good', 'Refused', 'Good'].entries()) stage.emulator.add(alert(id + 1, type));
      stage.emulator.add(alert(4, 'TooLarge', { subject: 's'.repeat(300_000) }));
      stage.emulator.add(alert(5, 'Cut', {}, 'f'.repeat(300_000)));
      const first = await stage.start({
        configuration,
        nodeOptions: ['--import', killer],
        env: { KILL_AT: String(step) },
      });
      const exit = first.exit.then(({ signal }) => signal);
      const isDone = () => first.output().includes('"poll_ended"');
      let hasEnded = false;
      void exit.then(() => {
        hasEnded = true;
      });
      await waitUntil('the end of the process or of the poll', () => hasEnded || isDone());
      isKilled = hasEnded;
      if (isKilled) {
        expect(await exit).toBe('SIGKILL');
        killed += 1;
        const second = await stage.start({ configuration });
        await waitUntil('a poll', () => /"(poll_ended|nothing_new)"/.test(second.output()));
        await second.stop();
      }
      const requests = stage.intake.requests.length;
      expect({ step, requests }).toEqual({ step, requests: Math.min(Math.max(requests, 1), 2) });
      expect(arrivals()).toEqual(new Map([1, 3, 5].map((id) => [String(id), requests])));
      const letters = (await readLetters(stage.dataDirectory)).map(({ alertId, kind }) => `${alertId} ${kind}`);
      expect(new Set(letters)).toEqual(new Set(['2 refused', '4 too_large', '5 cut']));
      expect(letters.length).toBeLessThanOrEqual(2 * 3);
      const runs = new Map(stage.place.playbookRuns.map(({ name, request_id }) => [name, request_id]));
      expect([...runs.keys()].sort()).toEqual(['Lacework alert 1', 'Lacework alert 3', 'Lacework alert 5']);
      expect(new Set(stage.place.playbookRuns.map(({ request_id }) => request_id)).size).toBe(3);
      if (isKilled) await stage.close();
    }
    // Before and after each of three dead letters, the record of the one too large, the note of the runs, the record of the
    // batch, the end of the note, and the checkpoint.
    expect(killed).toBe(16);
  }, 240_000);

  it('at the moment of the answer, with four batches in flight, repeats no more than these', async () => {
    const total = 1200;
    const [chunkSize, concurrency] = [50, 4];
    let killAt = Number.POSITIVE_INFINITY;
    let kill = () => {};
    stage = await openStage({
      intake: {
        onEvents: () => {
          if (stage.intake.accepted >= killAt) kill();
        },
      },
    });
    const now = Date.now();
    stage.emulator.addGenerated({ count: total, seed: 3, from: now - 20 * HOUR_MS, to: now - 60_000 });
    const configuration = { frequency: 60, chunk_size: chunkSize, concurrency };
    const crashes = 4;
    for (let crash = 0; crash < crashes; crash++) {
      killAt = stage.intake.accepted + 150 + 37 * crash;
      const trigger = await stage.start({ configuration });
      kill = () => process.kill(trigger.pid, 'SIGKILL');
      expect((await trigger.exit).signal).toBe('SIGKILL');
    }
    killAt = Number.POSITIVE_INFINITY;
    const last = await stage.start({ configuration });
    await waitUntil('the summary', () => last.output().includes('"poll_ended"'));
    await last.stop();
    expect(arrivals().size).toBe(total);
    expect(stage.intake.accepted - total).toBeLessThanOrEqual(crashes * concurrency * chunkSize);
  }, 60_000);
});

describe('A stop', () => {
  it('while batches are sent again ends within 10 s with exit code 0, and nothing is lost or doubled', async () => {
    stage = await openStage();
    const now = Date.now();
    stage.emulator.addGenerated({ count: 500, seed: 4, from: now - 20 * HOUR_MS, to: now - 60_000 });
    const configuration = { frequency: 60, chunk_size: 50 };
    stage.intake.faults.set({ kind: 'status', status: 503 });
    const trigger = await stage.start({ configuration });
    await waitUntil('four batches wait', () => stage.intake.requests.length >= 4);
    const asked = performance.now();
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(trigger.output()).not.toMatch(/"level":"(error|critical)"/);

    stage.intake.faults.clear();
    const again = await stage.start({ configuration });
    await waitUntil('the summary', () => again.output().includes('"poll_ended"'));
    expect(await again.stop()).toEqual({ code: 0, signal: null });
    expect(arrivals().size).toBe(500);
    expect(stage.intake.accepted).toBe(500);
  }, 60_000);

  it('while the answer to a batch is awaited takes it in: nothing is sent twice', async () => {
    stage = await openStage();
    const now = Date.now();
    stage.emulator.addGenerated({ count: 100, seed: 4, from: now - 20 * HOUR_MS, to: now - 60_000 });
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 1_500 });
    const trigger = await stage.start();
    await waitUntil('the batch is stored', () => stage.intake.accepted === 100);
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    stage.intake.faults.clear();
    const again = await stage.start();
    await waitUntil('a poll that finds nothing', () => again.output().includes('"nothing_new"'));
    await again.stop();
    expect(stage.intake.accepted).toBe(100);
  }, 60_000);
});
