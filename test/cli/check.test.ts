import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv, runCli, settled } from '../helpers/cli.js';
import { intakeKey, openStage, type Stage, secret } from '../helpers/stage.js';

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await mkdir(stage.dataDirectory);
});
afterEach(() => stage.close());

async function check(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await runCli(['check', ...args], { env: { ...operatorEnv(stage), ...env } });
  expect(stdout + stderr).not.toContain(secret);
  expect(stdout + stderr).not.toContain(intakeKey);
  const lines = settled(stdout, stage).trimEnd().split('\n');
  // In a container the state of a test is on no volume, and that is said.
  return { code, stderr, lines: lines.filter((line) => !/^(ok|warning) +state /.test(line)) };
}

describe('lacework-trigger check', () => {
  it('says ok for each thing that the trigger needs, and stores nothing at the intake', async () => {
    stage.emulator.addGenerated({ count: 3, seed: 1, from: Date.now() - 7_200_000, to: Date.now() - 60_000 });
    expect(await check()).toEqual({
      code: 0,
      stderr: '',
      lines: [
        'ok       settings      account LACEWORK; ECS events, profile 2024-02, to INTAKE/api/v1/intake-http',
        'ok       proxy         none: calls go out directly',
        'ok       key           LACEWORK accepts it',
        'ok       permissions   alerts can be read: 3 began in the last 24 hours',
        'ok       budget        478 of 480 calls are left this hour',
        "ok       clock         agrees with Lacework's",
        'ok       intake        INTAKE/api/v1/intake-http takes the key (asked with an empty batch, nothing was stored)',
        'ok       dead letters  DATA can be written; 0 are kept',
      ],
    });
    expect(stage.intake.accepted).toBe(0);
    expect((await readdir(stage.dataDirectory, { recursive: true })).filter((name) => name.endsWith('.json'))).toEqual(
      [],
    );
  });

  it('says what to do about each thing that is wrong, looks at the others all the same, and fails', async () => {
    const { code, lines } = await check([], {
      LACEWORK_SECRET: 'wrong-secret',
      INTAKE_KEY: 'wrong-key',
      SYMPHONY_DATA_DIR: join(stage.dataDirectory, 'none'),
      HTTPS_PROXY: 'http://user:word@proxy.example:3128',
      NO_PROXY: '127.0.0.1',
    });
    expect(code).toBe(1);
    expect(lines).toEqual([
      'ok       settings      account LACEWORK; ECS events, profile 2024-02, to INTAKE/api/v1/intake-http',
      'ok       proxy         HTTPS_PROXY http://proxy.example:3128, NO_PROXY 127.0.0.1',
      expect.stringMatching(/^failed {3}key {11}Lacework refuses the API key at LACEWORK \(status 401\)\. Check keyId/),
      'skipped  permissions   not looked at without a key that works',
      'skipped  budget        not looked at without a key that works',
      'skipped  clock         not looked at without a key that works',
      'failed   intake        INTAKE/api/v1/intake-http refuses the intake key (status 401). Copy it again.',
      expect.stringMatching(/^failed {3}state {9}The data path DATA\/none can't be used \(ENOENT\)\. Name the/),
      expect.stringMatching(/^failed {3}dead letters {2}The data path DATA\/none can't be used/),
    ]);
  });

  it('names the path of an intake that is not found, and neither its credentials nor its query', async () => {
    const { origin } = new URL(stage.intake.url);
    const wrong = `${origin.replace('//', '//user:word@')}/wrong/?token=hush`;
    const { code, lines } = await check([], { INTAKE_SERVER: wrong });
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/ to INTAKE\/wrong$/);
    expect(lines.find((line) => / intake /.test(line))).toBe(
      'failed   intake        INTAKE/wrong answers 404. Check the address, its path included, and the network between.',
    );
  });

  it('names a key that may not read alerts, a wrong clock and a budget that is spent', async () => {
    stage.emulator.faults.set({ kind: 'status', status: 403 });
    stage.emulator.faults.set({ kind: 'wrong-clock', offsetSeconds: 3600 });
    const { code, stderr, lines } = await check(['--json']);
    const found = Object.fromEntries(
      lines.map((line) => JSON.parse(line)).map(({ what, ...finding }) => [what, finding]),
    );
    expect(code).toBe(1);
    expect(found['permissions']).toEqual({
      status: 'failed',
      says: expect.stringMatching(/doesn't let this API key read alerts \(status 403\)\. Give its service user/),
    });
    expect(found['clock']).toEqual({
      status: 'warning',
      says: "60 min behind Lacework's: set it (NTP). Lacework's time is used meanwhile",
    });
    expect(
      stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).code),
    ).toEqual(['clock_skew']);
  });

  it.each([
    ['that is not there', '/no/key.json', "--key-file /no/key.json can't be read: ENOENT."],
    ['that is none', 'package.json', 'package.json is no API key file: it needs account, keyId and secret.'],
  ])('ends with the code for a wrong setting when it is given a key file %s', async (_, keyFile, says) => {
    const { code, lines, stderr } = await check(['--key-file', keyFile]);
    expect({ code, lines, stderr }).toEqual({
      code: 2,
      lines: [expect.stringContaining(`failed   settings      ${says}`)],
      stderr: '',
    });
  });

  it('asks an intake that says nothing of an empty batch with an event, when that is wanted', async () => {
    const { lines } = await check(['--send-test-event']);
    expect(lines).toContain(
      'ok       intake        INTAKE/api/v1/intake-http takes the key (one test event is stored there)',
    );
    expect(stage.intake.events.map(({ text }) => JSON.parse(text).message)).toEqual([
      'A test of lacework-trigger check; no alert.',
    ]);
  });
});
