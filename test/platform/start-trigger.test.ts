import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Place } from '../../lib/console/platform/platform.js';
import { startTrigger, type TriggerProcessOptions } from '../../lib/console/platform/start-trigger.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';

// A stand-in for an entry point: says what it was given, and stops when asked to, or fails.
const script = `
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
  console.log(process.argv[2], process.env.SYMPHONY_DIR, process.env.SYMPHONY_DATA_DIR, process.env.MARKER);
  if (process.argv[2] === 'fail') { console.error('no such command'); process.exit(3); }
  setInterval(() => {}, 1000);
`;
const place: Place = {
  id: 'b0a3c1de-7c7e-4b6e-9a53-2f1a7d1f6a01',
  token: 'the-token',
  urlCallback: 'http://127.0.0.1:1/callback',
  urlLogs: 'http://127.0.0.1:1/logs',
  urlSecrets: 'http://127.0.0.1:1/secrets',
  logs: [],
  playbookRuns: [],
  taskStatuses: [],
};

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let output = '';

beforeEach(async () => {
  directory = await temporaryDirectory();
  writeFileSync(join(directory.path, 'main.mjs'), script);
  output = '';
});
afterEach(() => directory.remove());

function options(more: Partial<TriggerProcessOptions> = {}): TriggerProcessOptions {
  return {
    entryPoint: join(directory.path, 'main.mjs'),
    command: 'fetch_new_logs',
    values: {
      place,
      account: { account: 'acme', keyId: 'KEY' },
      configuration: { frequency: 60 },
      intakeUrl: 'http://127.0.0.1:2/intake',
      livenessPort: 18000,
    },
    symphonyDirectory: join(directory.path, 'symphony'),
    dataDirectory: join(directory.path, 'data'),
    env: { PATH: process.env['PATH'], MARKER: 'handed-on' },
    onOutput: (text) => {
      output += text;
    },
    ...more,
  };
}

const saysIts = (command: string) =>
  `${command} ${join(directory.path, 'symphony')} ${join(directory.path, 'data')} handed-on\n`;

it('writes each value into a file of its own that only this user can read', async () => {
  const trigger = await startTrigger(options());
  await trigger.kill();
  const symphony = join(directory.path, 'symphony');
  const files = Object.fromEntries(
    readdirSync(symphony).map((name) => [name, readFileSync(join(symphony, name), 'utf8')]),
  );
  expect(files).toEqual({
    module_configuration: '{"account":"acme","keyId":"KEY"}',
    trigger_configuration: '{"frequency":60}',
    trigger_configuration_uuid: place.id,
    token: 'the-token',
    url_callback: place.urlCallback,
    url_logs: place.urlLogs,
    url_secrets: place.urlSecrets,
    intake_url: 'http://127.0.0.1:2/intake',
    liveness_port: '18000',
  });
  expect(readdirSync(symphony).map((name) => statSync(join(symphony, name)).mode & 0o777)).toEqual(
    Array(9).fill(0o600),
  );
});

it('names the configuration of a connector as one, and forgets the values of an earlier start', async () => {
  await (await startTrigger(options())).kill();
  const { livenessPort: _, ...values } = options().values;
  await (await startTrigger(options({ values: { ...values, kind: 'connector', more: { sub_folder: 'a' } } }))).kill();
  const symphony = join(directory.path, 'symphony');
  expect(readFileSync(join(symphony, 'connector_configuration'), 'utf8')).toBe('{"frequency":60}');
  expect(readFileSync(join(symphony, 'sub_folder'), 'utf8')).toBe('a');
  expect(existsSync(join(symphony, 'liveness_port'))).toBe(false);
  expect(existsSync(join(symphony, 'trigger_configuration'))).toBe(false);
});

it('starts the entry point with one argument, and stops it with SIGTERM', async () => {
  const trigger = await startTrigger(options());
  await waitUntil('the process speaks', () => output === saysIts('fetch_new_logs'));
  expect(await trigger.stop()).toEqual({ code: 0, signal: null });
  expect(output).toBe(`${saysIts('fetch_new_logs')}stopped\n`);
});

it('kills it without a word', async () => {
  const trigger = await startTrigger(options());
  await waitUntil('the process speaks', () => output !== '');
  expect(await trigger.kill()).toEqual({ code: null, signal: 'SIGKILL' });
});

it('tells how it ended by itself, with all that it wrote', async () => {
  const trigger = await startTrigger(options({ command: 'fail' }));
  expect(await trigger.exit).toEqual({ code: 3, signal: null });
  expect(output).toContain(saysIts('fail'));
  expect(output).toContain('no such command\n');
});
