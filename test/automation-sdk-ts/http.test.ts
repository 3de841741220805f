import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHttpClient, createHttpSettings, describeNetworkError } from '@sekoia/automation-sdk-ts';
import { failures, type PlatformServer, startPlatformServer } from './platform-server.js';

const settings = await createHttpSettings({});

describe('a client for outgoing calls', () => {
  let platform: PlatformServer;

  beforeEach(async () => {
    platform = await startPlatformServer();
  });

  afterEach(() => platform.close());

  const client = (timeoutMs = 250) =>
    createHttpClient({
      settings,
      userAgent: 'sample/1.2.3',
      timeoutMs,
      maxBodyBytes: 100_000,
    });
  const kindOf = (call: PromiseLike<unknown>) =>
    call.then(
      () => 'answered',
      (error) => describeNetworkError(error).kind,
    );

  it.each([
    [{ kind: 'reset' } as const, 'reset'],
    [{ kind: 'hang' } as const, 'timeout'],
    [{ kind: 'slow body' } as const, 'timeout'],
    [{ kind: 'html page' } as const, 'not_json'],
    [{ kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' } as const, 'redirect'],
  ])('calls %j by its name, after one attempt', async (failure, kind) => {
    platform.next('/path', [], failure);
    expect(await kindOf(client().get(`${platform.url}/path`).json())).toBe(kind);
    expect(platform.calls).toHaveLength(1);
  });

  it('tells a refused connection and an unknown name apart', async () => {
    const { url } = await startPlatformServer().then(async (server) => {
      await server.close();
      return server;
    });
    expect(await kindOf(client(5_000)(url))).toBe('refused');
    expect(await kindOf(client(5_000)('http://name.invalid'))).toBe('dns');
  });

  it('says that a call was not waited for when its signal ended it', async () => {
    platform.next('/path', [], { kind: 'hang' });
    const controller = new AbortController();
    const call = kindOf(client(5_000).get(`${platform.url}/path`, { signal: controller.signal }));
    controller.abort();
    expect(await call).toBe('aborted');
    expect(await kindOf(client(5_000).get(`${platform.url}/path`, { signal: AbortSignal.timeout(20) }))).toBe(
      'timeout',
    );
  });

  it.each(failures.flatMap((failure) => (failure.kind === 'status' ? [failure.status] : [])))(
    'hands the status %d to its caller, after one attempt',
    async (status) => {
      platform.next('/path', [], { kind: 'status', status });
      expect((await client().post(`${platform.url}/path`, { json: {} })).statusCode).toBe(status);
      expect(platform.calls).toHaveLength(1);
    },
  );

  it('follows a redirect within the origin, and keeps a POST a POST', async () => {
    platform.next('/old', [], { kind: 'redirect', to: '/new' });
    await client().post(`${platform.url}/old`, { json: { a: 1 } });
    expect(platform.calls.map(({ method, path, text }) => [method, path, text])).toEqual([
      ['POST', '/old', '{"a":1}'],
      ['POST', '/new', '{"a":1}'],
    ]);
  });

  describe('that is answered with too much', () => {
    let server: Server;
    const at = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    beforeEach((done) => {
      server = createServer((request, response) => {
        const body = 'x'.repeat(request.url === '/fits' ? 100_000 : 10_000_000);
        if (request.url !== '/packed') return void response.end(body);
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
      }).listen(0, '127.0.0.1', () => done());
    });

    afterEach(() => {
      server.close();
      server.closeAllConnections();
    });

    it.each(['/long', '/packed'])('gives up at the limit (%s)', async (path) => {
      expect(await kindOf(client(5_000)(at() + path))).toBe('too_large');
    });

    it('takes what is just within the limit', async () => {
      expect((await client(5_000)(`${at()}/fits`)).body).toHaveLength(100_000);
    });
  });
});
