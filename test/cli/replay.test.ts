import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { compareAlert, compareEvents } from '../../lib/cli/replay/compare.js';
import { runCli } from '../helpers/cli.js';
import { readSamples } from '../helpers/samples.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const sampleFile = fileURLToPath(new URL('../fixtures/samples/event_02.json', import.meta.url));

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let place: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  place = await temporaryDirectory();
});
afterEach(() => place.remove());

async function file(content: unknown): Promise<string> {
  const path = join(place.path, 'replayed.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('lacework-trigger replay', () => {
  it('shows an alert beside its event: what is new in it, and from where', async () => {
    const { code, stdout, stderr } = await runCli(['replay', await file(readSamples()[1]?.message)]);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual(['--- the alert', '+++ the event', '- startTime: "2024-02-13T17:00:00.000Z"']);
    expect(lines).toContain('+ event.code: "UsageOfRootAccount"  (alertType)');
    expect(lines).toContain('+ lacework.cloud_security.alert.sight: 96');
    expect(lines).toContain('- policyId: "lacework-global-8"');
    expect(stdout).not.toContain('\u001b');
  });

  it('finds no difference in an event that is made the same today', async () => {
    expect(await runCli(['replay', sampleFile])).toEqual({
      code: 0,
      stdout: '--- the event in the file\n+++ the event as it is made now\nThey are the same.\n',
      stderr: '',
    });
  });

  it('shows what has changed in an event since, and exits with 1', async () => {
    const sample = { ...readSamples()[1], user: { name: 'somebody else' } };
    const { code, stdout } = await runCli(['replay', await file(sample)], { env: { FORCE_COLOR: '1' } });
    expect([code, stdout.split('\n').slice(2)]).toEqual([
      1,
      ['- user.name: "somebody else"', '+ user.name: "0123456789"', ''],
    ]);
  });

  it('takes the event of a dead letter, as it lies in the data path', async () => {
    const sample = readSamples()[1];
    const value = { kind: 'refused', reason: 'the intake answers 400', alertId: '205', text: JSON.stringify(sample) };
    const { code, stdout } = await runCli(['replay', await file({ crc32: '00000000', value }), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ alert: sample?.message, event: sample, oddities: [], differences: [] });
  });

  it.each([
    ['no JSON', 'alert 205', /is not JSON: it should hold one alert, event or dead letter\./],
    ['not there', undefined, /can't be read: ENOENT\./],
  ])('says so when the file is %s', async (_, content, message) => {
    const path = content === undefined ? join(place.path, 'none.json') : await file(content);
    const { code, stderr } = await runCli(['replay', path]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('A comparison', () => {
  it('of two events leaves out what is the same', () => {
    expect(compareEvents({ a: { b: [1, 2] }, c: 'x' }, { a: { b: [1, 3, 4] }, d: null })).toEqual([
      { sign: '-', path: 'a.b[1]', value: 2 },
      { sign: '+', path: 'a.b[1]', value: 3 },
      { sign: '+', path: 'a.b[2]', value: 4 },
      { sign: '-', path: 'c', value: 'x' },
      { sign: '+', path: 'd', value: null },
    ]);
  });

  it('of an alert with its event names the place of each value that was taken over', () => {
    const alert = { alertId: 7, severity: 'High', tags: [] };
    const event = { message: 'all of it', alert: { id: 7, severity: 'High', kind: 'alert' } };
    expect(compareAlert(alert, event)).toEqual([
      { sign: '-', path: 'tags', value: [] },
      { sign: '+', path: 'alert.id', value: 7, from: 'alertId' },
      { sign: '+', path: 'alert.severity', value: 'High', from: 'severity' },
      { sign: '+', path: 'alert.kind', value: 'alert' },
    ]);
  });
});
