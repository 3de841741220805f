import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConsoleClient, openConsole } from './console-client.js';
import { openLive } from './live-client.js';

let client: ConsoleClient;
beforeAll(async () => {
  client = await openConsole();
});
afterAll(() => client.close());

const json = { 'Content-Type': 'application/json' };

describe('the console on loopback', () => {
  it('answers its own page', async () => {
    const { status } = await client.call('POST', '/api/intakes', { name: 'alerts' });
    expect(status).toBe(200);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('answers under the name %s', async (name) => {
    const { status } = await client.call('GET', '/api/console', undefined, { Host: `${name}:${client.running.port}` });
    expect(status).toBe(200);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.168.1.5', ''])(
    'refuses the host name “%s”, whose address may have been turned to this machine',
    async (name) => {
      const Host = `${name}:${client.running.port}`;
      for (const path of ['/', '/api/console', '/api/live']) {
        const { status } = await client.call('GET', path, undefined, { Host });
        expect(status).toBe(403);
      }
    },
  );

  it('lets nobody listen who comes from another site, and asks for a WebSocket of who may', async () => {
    const live = `http://${client.host}/api/live`;
    const own = await openLive(live, { Origin: `http://${client.host}` });
    expect(own).not.toEqual(expect.any(Number));
    if (typeof own !== 'number') own.hangUp();
    expect(await openLive(live, { Origin: 'https://evil.example' })).toBe(403);
    expect(await openLive(live, { Host: `evil.example:${client.running.port}` })).toBe(403);
    expect((await client.call('GET', '/api/live')).status).toBe(426);
    expect(await openLive(`http://${client.host}/api/nothing`)).toBe(404);
  });

  it('refuses its own name with another port', async () => {
    const { status } = await client.call('GET', '/api/console', undefined, { Host: '127.0.0.1:1' });
    expect(status).toBe(403);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null'])(
    'refuses what comes from %s, to read and to write',
    async (Origin) => {
      const headers = { Host: client.host, Origin, ...json };
      expect((await client.call('POST', '/api/intakes', { name: 'x' }, headers)).status).toBe(403);
      expect((await client.call('GET', '/api/console', undefined, headers)).status).toBe(403);
    },
  );

  it('refuses a change that does not say where it comes from', async () => {
    const { status } = await client.call('POST', '/api/intakes', { name: 'x' }, { Host: client.host, ...json });
    expect(status).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('refuses to be read by a page that is %s', async (site) => {
    const headers = { Host: client.host, 'Sec-Fetch-Site': site };
    expect((await client.call('GET', '/api/console', undefined, headers)).status).toBe(403);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'refuses a change of the type “%s”, which another site can post unasked',
    async (type) => {
      const headers = { Host: client.host, Origin: `http://${client.host}`, 'Content-Type': type };
      expect((await client.call('POST', '/api/intakes', { name: 'x' }, headers)).status).toBe(415);
    },
  );

  it('has changed nothing for those that it refused', async () => {
    const { intakes } = await client.ask<{ intakes: { name: string }[] }>('GET', '/api/console');
    expect(intakes.map(({ name }) => name)).toEqual(['alerts']);
  });

  it('refuses a body beyond 1 MiB', async () => {
    const { status } = await client.call('POST', '/api/intakes', { name: 'x'.repeat(1024 * 1024) });
    expect(status).toBe(413);
  });

  it.each(['/', '/events', '/api/console', '/nothing.txt', '/api/nothing'])(
    'sends a Content-Security-Policy without unsafe-inline and unsafe-eval with %s',
    async (path) => {
      const { headers } = await client.call('GET', path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('reads no file beyond the page', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/../../server.js', '//etc/passwd']) {
      const { text } = await client.call('GET', path);
      expect(text).not.toContain('lacework-playbook-module');
      expect(text).not.toContain('root:');
    }
  });
});

describe('the console with a token', () => {
  const token = 'a-long-token';
  let guarded: ConsoleClient;
  beforeAll(async () => {
    guarded = await openConsole({ host: '0.0.0.0', token });
  });
  afterAll(() => guarded.close());

  it('shows the page, and nothing of its content, to who has none', async () => {
    expect((await guarded.call('GET', '/')).status).toBe(200);
    for (const path of ['/api/console', '/api/live', '/api/events', '/api/logs', '/api/export']) {
      expect((await guarded.call('GET', path)).status).toBe(401);
    }
    expect((await guarded.call('POST', '/api/intakes', { name: 'x' })).status).toBe(401);
  });

  it('lets nobody listen without the token', async () => {
    const live = `http://${guarded.host}/api/live`;
    expect(await openLive(live)).toBe(401);
    const own = await openLive(live, { Authorization: `Bearer ${token}` });
    expect(own).not.toEqual(expect.any(Number));
    if (typeof own !== 'number') own.hangUp();
  });

  it('refuses a wrong token', async () => {
    expect((await guarded.call('POST', '/api/session', { token: 'a-long-toke' })).status).toBe(401);
    const headers = { Host: guarded.host, Authorization: 'Bearer a-long-tokem' };
    expect((await guarded.call('GET', '/api/console', undefined, headers)).status).toBe(401);
  });

  it('lets in who brings it, by a cookie that no script reads and no other site sends', async () => {
    const { status, headers } = await guarded.call('POST', '/api/session', { token });
    expect(status).toBe(200);
    const [cookie] = headers['set-cookie'] as string[];
    expect(cookie).toContain('; HttpOnly; SameSite=Strict; ');
    const Cookie = cookie?.split(';')[0] ?? '';
    expect((await guarded.call('GET', '/api/console', undefined, { Host: guarded.host, Cookie })).status).toBe(200);
  });

  it('answers under an address in figures, and not under a name that it was not given', async () => {
    const Authorization = `Bearer ${token}`;
    const ask = (Host: string) => guarded.call('GET', '/api/console', undefined, { Host, Authorization });
    expect((await ask('192.168.1.5:80')).status).toBe(200);
    expect((await ask(`${hostname()}:80`)).status).toBe(200);
    expect((await ask('evil.example')).status).toBe(403);
  });

  it('answers its page when that came over https, from what stands in front of the console', async () => {
    const name = hostname().toLowerCase();
    const headers = { ...json, Host: name, Authorization: `Bearer ${token}` };
    const post = (Origin: string) => guarded.call('POST', '/api/intakes', { name: 'x' }, { ...headers, Origin });
    expect((await post(`https://${name}`)).status).toBe(200);
    expect((await post('https://evil.example')).status).toBe(403);
  });

  it('lets in the right token beside the cookie of an earlier start', async () => {
    const headers = { Host: guarded.host, Authorization: `Bearer ${token}`, Cookie: 'console_token=old' };
    expect((await guarded.call('GET', '/api/console', undefined, headers)).status).toBe(200);
  });
});

it('ends a request that asks for nothing understandable', async () => {
  const status = await new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port: client.running.port, path: 'http://[', agent: false }, (response) =>
      resolve(response.resume().statusCode),
    );
    sent.on('error', resolve);
    sent.end();
  });
  expect(status).toBe(400);
});
