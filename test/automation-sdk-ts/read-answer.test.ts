import { getEventListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  BodyMemory,
  createHttpClient,
  createHttpSettings,
  describeNetworkError,
  readAnswer,
} from '@sekoia/automation-sdk-ts';

const settings = await createHttpSettings({});
const maxBodyBytes = 1_000_000;

describe('An answer that is read into memory of the caller', () => {
  let server: Server | undefined;
  let connections = 0;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(listener: RequestListener): Promise<URL> {
    server = createServer(listener).on('connection', () => {
      connections += 1;
    });
    connections = 0;
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  const http = createHttpClient({ settings, userAgent: 'sample/1.2.3', timeoutMs: 500, maxBodyBytes });
  const read = (url: URL, memory = new BodyMemory(), signal?: AbortSignal) =>
    readAnswer(http, url, signal === undefined ? {} : { signal }, memory, { settings, maxBodyBytes });
  const kindOf = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      (error) => describeNetworkError(error).kind,
    );

  it('lies there whole, whatever its size and its encoding, and the memory is taken again', async () => {
    const bodies = [300_000, 0, 5, 299_999, 900_000].map((length, index) => Buffer.alloc(length, 65 + index));
    let turn = 0;
    const url = await serve((_, response) => {
      const body = bodies[turn % bodies.length] as Buffer;
      if (turn++ % 2 === 0) response.setHeader('content-encoding', 'gzip').end(gzipSync(body));
      else response.setHeader('content-length', body.length).end(body);
    });
    const memory = new BodyMemory();
    for (let round = 0; round < 2; round++) {
      for (const body of bodies) {
        const { rawBody, statusCode } = await read(url, memory);
        expect([statusCode, rawBody.equals(body)]).toEqual([200, true]);
        expect(rawBody.buffer).toBe(memory.body.buffer);
      }
    }
    const taken = memory.body.buffer;
    await read(url, memory);
    expect(memory.body.buffer).toBe(taken);
  });

  it('takes little more memory than the answer announces', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-length', 777_777).end(Buffer.alloc(777_777));
    });
    const memory = new BodyMemory();
    await read(url, memory);
    expect(memory.body.buffer.byteLength).toBeLessThanOrEqual(777_777 * 1.25 + 1);
  });

  it('leaves the connection open for the next, and nothing behind at the signal', async () => {
    const url = await serve((_, response) => response.end('{}'));
    const { signal } = new AbortController();
    for (let call = 0; call < 30; call++) await read(url, undefined, signal);
    expect(connections).toBe(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends by the name of what went wrong', async () => {
    const url = await serve(({ url: path }, response) => {
      response.writeHead(200, { 'content-length': path === '/large' ? maxBodyBytes + 1 : 1000 });
      response.write('x'.repeat(path === '/large' ? maxBodyBytes + 1 : 10));
      if (path === '/cut') setTimeout(() => response.destroy(), 20);
    });
    expect(await kindOf(read(new URL('/cut', url)))).toBe('reset');
    expect(await kindOf(read(new URL('/slow', url)))).toBe('timeout');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    expect(await kindOf(read(new URL('/slow', url), undefined, stop.signal))).toBe('aborted');
    expect(await kindOf(read(new URL('/large', url)))).toBe('too_large');
  });
});
