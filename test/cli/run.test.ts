import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv, runCli, startCli } from '../helpers/cli.js';
import { freePort } from '../helpers/free-port.js';
import { intakeKey, openStage, type Stage, secret } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('lacework-trigger run', () => {
  it('runs the trigger without a platform: alerts arrive, health and metrics answer, and it ends at SIGTERM', async () => {
    stage.emulator.addGenerated({ count: 5, seed: 1, from: Date.now() - 3_600_000, to: Date.now() - 60_000 });
    const [liveness, metrics] = [await freePort(), await freePort()];
    const env = { ...operatorEnv(stage), LIVENESS_PORT: String(liveness), METRICS_PORT: String(metrics) };
    // A proxy can't be asked for the loopback of this machine.
    const running = startCli(['run'], { env: { ...env, HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' } });
    await waitUntil('five events', () => stage.intake.events.length === 5);
    expect((await fetch(`http://127.0.0.1:${liveness}/health`)).status).toBe(200);
    // Counted when they are on record, a moment after the intake's answer.
    await waitUntil('five events counted', async () => {
      const page = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      return /^symphony_module_common_forwarded_events_total\{.*\} 5$/m.test(page);
    });
    running.child.kill('SIGTERM');
    const { code, stdout, stderr } = await running.ended;
    const codes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).code);
    expect(codes.filter((it) => it !== 'state_not_on_volume' && it !== 'waiting')).toEqual([
      'started',
      'first_start',
      'poll_ended',
      'stopped',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(new RegExp(`${secret}|${intakeKey}`));
  });

  it('refuses to start runs of a playbook, which only a platform has', async () => {
    const { code, stderr } = await runCli(['run', '--config', await config({ launch_playbook_for: 'high' })], {
      env: operatorEnv(stage),
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: launch_playbook_for needs a platform/)]);
  });
});

async function config(fields: object): Promise<string> {
  await mkdir(stage.symphonyDirectory, { recursive: true });
  const path = `${stage.symphonyDirectory}/config.json`;
  await writeFile(path, JSON.stringify(fields));
  return path;
}
