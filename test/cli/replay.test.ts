import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { compareAlert, compareEvents } from '../../lib/cli/replay/compare.js';
import { flatten } from '../../lib/cli/replay/flatten.js';
import { believableAlert } from '../../lib/emulator/believable-alerts.js';
import { alertKinds } from '../../lib/emulator/believable-kinds.js';
import { seededRandom } from '../../lib/emulator/seeded-random.js';
import { buildEvent } from '../../lib/normalizer/build-event.js';
import { writeEvent } from '../../lib/normalizer/event-json.js';
import { readAlert } from '../../lib/normalizer/read-alert.js';
import { runCli } from '../helpers/cli.js';
import { readSamples } from '../helpers/samples.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { readCorpus } from '../normalizer/corpus.js';

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
    expect(lines.slice(0, 2)).toEqual(['--- the alert', '+++ the event']);
    expect(lines.filter((line) => /^- (startTime|alert[A-Z]\w+:|derivedFields\.category|severity)/.test(line))).toEqual(
      [],
    );
    expect(lines).toContain('+ event.start: "2024-02-13T17:00:00Z"  (startTime)');
    expect(lines).toContain('+ event.code: "UsageOfRootAccount"  (alertType)');
    expect(lines).toContain('+ lacework.cloud_security.alert.sight: 96  (alertInfo.description)');
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

  it('shows an id beyond 2^53 to its last digit, and tells two such ids apart', async () => {
    const alert = (id: string) => `{"alertId": ${id}, "alertName": "n9007199254740993", "policyId": ${id}}`;
    const path = await file(alert('9007199254740993'));
    const shown = (await runCli(['replay', path])).stdout.split('\n');
    expect(shown).toContain('- policyId: 9007199254740993');
    expect(shown).toContain('+ lacework.cloud_security.alert.id: 9007199254740993  (alertId)');
    expect(shown).toContain('+ event.reason: "n9007199254740993"  (alertName)');
    const { stdout } = await runCli(['replay', path, '--json']);
    expect(JSON.parse(stdout).differences).toContainEqual(
      expect.objectContaining({ sign: '-', path: 'policyId', value: Number('9007199254740993') }),
    );
    expect(stdout).toContain('"alert":{"id":9007199254740993}');
    expect(stdout).toContain('"path":"policyId","value":9007199254740993}');
    const event = `{"message":${JSON.stringify(alert('9007199254740993'))},"lacework":{"cloud_security":{"alert":{"id":9007199254740992}}}}`;
    expect((await runCli(['replay', await file(event)])).stdout.split('\n')).toEqual(
      expect.arrayContaining([
        '- lacework.cloud_security.alert.id: 9007199254740992',
        '+ lacework.cloud_security.alert.id: 9007199254740993',
      ]),
    );
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

  it('of an alert with its event names the place that each field was read from, though others say the same', () => {
    const alert = { alertId: 7, alertName: 'High', alertType: 'High', severity: 'High', policyId: 'High', tags: [] };
    expect(lines(alert)).toEqual([
      '- policyId',
      '- tags',
      '+ event.code < alertType',
      '+ event.kind',
      '+ event.reason < alertName',
      '+ lacework.cloud_security.alert.id < alertId',
      '+ lacework.cloud_security.alert.severity < severity',
      '+ observer.product',
      '+ observer.vendor',
    ]);
  });

  it('names no place where several say the same', () => {
    const machine = (hostname: string) => ({ KEY: { hostname }, PROPS: { os: 'linux' } });
    const alert = { entityMap: { Machine: [machine('one'), machine('one')], User: [{ KEY: { USERNAME: 'jane' } }] } };
    expect(lines(alert).filter((line) => !/event\.kind|observer/.test(line))).toEqual([
      '- entityMap.Machine[0].PROPS.os',
      '- entityMap.Machine[1].PROPS.os',
      '+ host.hostname',
      '+ related.user[0] < entityMap.User[0].KEY.USERNAME',
      '+ user.name < entityMap.User[0].KEY.USERNAME',
    ]);
  });

  const known = [
    ...readSamples().map(({ message }): [string, string] => [message.slice(0, 40), message]),
    ...readCorpus().flatMap(({ cases }) => cases.map(({ title, message }): [string, string] => [title, message])),
    ...alertKinds.map((kind): [string, string] => {
      const { text, entityMap } = believableAlert(seededRandom(7), { id: 205, startTime: 0 }, kind);
      return [kind.type, JSON.stringify({ ...JSON.parse(text), entityMap: JSON.parse(entityMap) })];
    }),
  ].filter(([, text]) => isObject(text));

  it.each(known)(
    'of %s says - of nothing that the event depends on, and names no place that it does not',
    (_, text) => {
      const alert = JSON.parse(text);
      const event = eventOf(alert);
      for (const { sign, path, from } of compareAlert(alert, event)) {
        if (sign === '-') expect({ path, event: eventOf(without(alert, path)) }).toEqual({ path, event });
        else if (from !== undefined) {
          const otherwise = flatten(eventOf(without(alert, from)));
          expect({ path, from, value: otherwise.get(path) }).not.toEqual({
            path,
            from,
            value: flatten(event).get(path),
          });
        }
      }
    },
  );
});

/** The event without `message`. */
function eventOf(alert: unknown): unknown {
  const { fields } = buildEvent(readAlert(JSON.stringify(alert)), {});
  const { message: _, ...event } = JSON.parse(writeEvent('', fields));
  return event;
}

function lines(alert: unknown): string[] {
  return compareAlert(alert, eventOf(alert)).map(
    ({ sign, path, from }) => `${sign} ${path}${from === undefined ? '' : ` < ${from}`}`,
  );
}

/** A copy of the alert in which what stands at the path is gone. */
function without(alert: object, path: string): unknown {
  const copy = structuredClone(alert);
  const steps = [...path.matchAll(/\[(\d+)\]|([^.[]+)/g)].map(([, index, name]) => index ?? name ?? '');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Record<string, unknown>>(
    (part, step) => part[step] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
