import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { freePort } from '../helpers/free-port.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';

const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));
const demo = fileURLToPath(new URL('../../dist/lib/cli/demo.js', import.meta.url));

const ANY_PORT = ['console', '--port', '0'];

let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let output: string;
beforeEach(async () => {
  temporary = await temporaryDirectory();
  output = '';
});
afterEach(() => temporary.remove());

function start(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], HOME: temporary.path, TMPDIR: temporary.path, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return child;
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  return code;
}

async function address(): Promise<string> {
  await waitUntil('the address is printed', () => /http:\S+/.test(output));
  return /http:\S+/.exec(output)?.[0] ?? '';
}

it('opens the console on loopback, keeps its files for the user alone, and ends when it is asked to', async () => {
  const directory = join(temporary.path, 'kept');
  const child = start(program, ['console', '--directory', directory, '--port', '0']);
  const url = await address();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const page = await (await fetch(url)).text();
  expect(page).toContain('<title>Playbook console</title>');
  expect(page).not.toContain('data-demo');
  const { demo: demoView } = (await (await fetch(`${url}api/console`)).json()) as { demo?: object };
  expect(demoView).toBeUndefined();
  expect((await fetch(`${url}api/faults`)).status).toBe(404);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(await stop(child)).toBe(0);
});

it('lets no second console work in the same directory', async () => {
  const child = start(program, [...ANY_PORT, '--directory', temporary.path]);
  await address();
  output = '';
  const second = start(program, [...ANY_PORT, '--directory', temporary.path]);
  const [code] = await once(second, 'close');
  expect(code).toBe(3);
  expect(output).toMatch(`error: Another console (process ${child.pid}) works in ${temporary.path}.`);
  expect(await stop(child)).toBe(0);
});

it('says so when the port that it was given is taken', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const [code] = await once(
    start(program, ['console', '--directory', temporary.path, '--port', String(port)]),
    'close',
  );
  other.close();
  expect([code, output]).toEqual([2, `error: Port ${port} is taken. Give another one with --port, or none.\n`]);
});

it('says where the page is as JSON, for machines', async () => {
  const child = start(program, [...ANY_PORT, '--directory', temporary.path, '--json']);
  await waitUntil('the result is printed', () => output.includes('}\n'));
  const { addresses, directory } = JSON.parse(output);
  expect({ addresses, directory }).toEqual({
    addresses: [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/)],
    directory: temporary.path,
  });
  expect((await fetch(addresses[0])).status).toBe(200);
  expect(await stop(child)).toBe(0);
});

it('prints addresses that a browser can open when it listens on all', async () => {
  const child = start(program, [...ANY_PORT, '--directory', temporary.path, '--host', '0.0.0.0']);
  await waitUntil('everything is printed', () => output.includes('Ctrl+C'));
  expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=/);
  expect(output).not.toContain('0.0.0.0');
  expect(await stop(child)).toBe(0);
});

it('refuses a token that no cookie and no address can hold', async () => {
  const [code] = await once(
    start(program, [...ANY_PORT, '--directory', temporary.path], { LACEWORK_CONSOLE_TOKEN: 'a;b' }),
    'close',
  );
  expect([code, output]).toEqual([
    2,
    'error: LACEWORK_CONSOLE_TOKEN may hold letters, digits and - . _ ~ + / = only. Set another one.\n',
  ]);
});

it('says what is wrong with a host, a port, a directory and a file of its own', async () => {
  const file = join(temporary.path, 'file');
  writeFileSync(file, '');
  writeFileSync(join(temporary.path, 'console.json'), '{"intakes":');
  const run = async (...args: string[]) => {
    output = '';
    const [code] = await once(
      start(program, [...ANY_PORT, '--directory', join(temporary.path, 'new'), ...args]),
      'close',
    );
    return [code, output];
  };
  expect(await run('--host', 'nosuch.invalid')).toEqual([
    2,
    'error: This machine has no address nosuch.invalid. Give another one with --host, or none.\n',
  ]);
  expect(await run('--port', '99999')).toEqual([2, expect.stringContaining('It must be between 0 and 65535.')]);
  expect(await run('--directory', file)).toEqual([
    2,
    expect.stringContaining(`error: ${file} can't be used as the console's directory (`),
  ]);
  expect(await run('--directory', temporary.path)).toEqual([
    2,
    `error: ${temporary.path}/console.json can't be read. Mend it, or move it away to start from an empty console.\n`,
  ]);
});

it.each([
  ['one that it draws', {}, /^[\w-]{32}$/],
  ['the one of the environment', { LACEWORK_CONSOLE_TOKEN: 'chosen' }, /^chosen$/],
])('asks for a token as soon as it listens to others: %s', async (_, env, form) => {
  const child = start(program, [...ANY_PORT, '--directory', temporary.path, '--host', '0.0.0.0'], env);
  const [, port, token] = /:(\d+)\/#token=(\S+)$/.exec(await address()) ?? [];
  expect(token).toMatch(form);
  const url = `http://127.0.0.1:${port}/api/console`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(await stop(child)).toBe(0);
});

it('leaves nothing of the demo behind when its terminal closes', async () => {
  const child = start(demo);
  await address();
  child.kill('SIGHUP');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(readdirSync(temporary.path)).toEqual([]);
});

it('is what npm run demo opens, with an account to try and nothing left behind', async () => {
  const child = start(demo);
  const url = await address();
  const { demo: demoView } = (await (await fetch(`${url}api/console`)).json()) as { demo: { account: object } };
  expect(Object.keys(demoView.account)).toEqual(['account', 'keyId', 'secret']);
  expect(await (await fetch(url)).text()).toContain('<html data-demo ');
  expect(((await (await fetch(`${url}api/faults`)).json()) as object[]).length).toBeGreaterThan(50);
  expect(await stop(child)).toBe(0);
  expect(readdirSync(temporary.path)).toEqual([]);
});
