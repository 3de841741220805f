import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventBatch, IntakeClient, type IntakeOutcome, Secret } from '@sekoia/automation-sdk-ts';
import { closeHttpSettings, createHttpSettings } from '../../lib/automation-sdk-ts/src/http.js';
import { type Intake, startIntake } from '../../lib/console/platform/intake.js';
import type { IntakeMisbehaviour } from '../../lib/console/platform/intake-faults.js';

const key = new Secret('key "with" quotes');
const http = await createHttpSettings({});
const forever = new AbortController().signal;
afterEach(() => closeHttpSettings(http));

interface ClientOptions {
  readonly compress?: boolean;
  readonly deadlineMs?: number;
}

function client(url: string, { compress = true, deadlineMs = 5_000 }: ClientOptions = {}): IntakeClient {
  return new IntakeClient({ url, key, http, userAgent: 'test/1', compress, deadlineMs });
}

/** The reason with the client's own words for where the intake is. */
function named(reason: string, { address, host }: IntakeClient): string {
  return reason.replace('ADDRESS', address).replace('HOST', host);
}

function batchOf(events: readonly string[]): EventBatch {
  const batch = new EventBatch();
  for (const event of events) expect(batch.add(event)).toBe(true);
  return batch;
}

const three = () => batchOf(['{"n":1}', '{"n":2,"text":"é 🙂 \\u0001"}', '{"n":3}']);

describe('At an intake', () => {
  let intake: Intake;
  beforeEach(async () => {
    intake = await startIntake({ keys: [key.reveal()] });
  });
  afterEach(() => intake.close());

  it.each([true, false])('a batch arrives as it is (compressed: %s)', async (compress) => {
    expect(await client(intake.url, { compress }).pushBatch(three(), forever)).toEqual({
      kind: 'delivered',
      surplus: 0,
    });
    expect(intake.events.map(({ text }) => text)).toEqual(['{"n":1}', '{"n":2,"text":"é 🙂 \\u0001"}', '{"n":3}']);
    const [request] = intake.requests;
    expect(request?.bytesSent === request?.bytes).toBe(!compress);
  });

  it.each<[string, IntakeMisbehaviour, IntakeOutcome]>([
    ['a page of HTML', { kind: 'html-page' }, { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' }],
    [
      'an answer without event_ids',
      { kind: 'no-event-ids' },
      { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' },
    ],
    [
      'half of an answer',
      { kind: 'truncated-json' },
      { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' },
    ],
    ['too few event_ids', { kind: 'too-few-ids' }, { kind: 'short', acknowledged: 2, refused: new Map() }],
    [
      'no event_ids at all',
      { kind: 'too-few-ids', missing: 3 },
      { kind: 'retryable', reason: 'ADDRESS answers 200 with no event_ids' },
    ],
    ['too many event_ids', { kind: 'too-many-ids', extra: 2 }, { kind: 'delivered', surplus: 2 }],
    [
      'a status for one event',
      { kind: 'event-errors', containing: '"n":2', status: 422 },
      { kind: 'partly_rejected', refused: new Map([[1, { status: 422, message: 'The event is refused' }]]) },
    ],
    ['413', { kind: 'status', status: 413 }, { kind: 'rejected', status: 413 }],
    ['400', { kind: 'status', status: 400 }, { kind: 'rejected', status: 400 }],
    ['401', { kind: 'status', status: 401 }, { kind: 'wrong_key', status: 401 }],
    ['403', { kind: 'status', status: 403 }, { kind: 'wrong_key', status: 403 }],
    ['404', { kind: 'status', status: 404 }, { kind: 'retryable', reason: 'ADDRESS answers 404', notFound: true }],
    ...[408, 409, 415, 425, 429, 500, 502, 503, 504].map((status): [string, IntakeMisbehaviour, IntakeOutcome] => [
      `${status}`,
      { kind: 'status', status },
      { kind: 'retryable', reason: `ADDRESS answers ${status}` },
    ]),
    [
      '429 with Retry-After',
      { kind: 'status', status: 429, retryAfterSeconds: 17 },
      { kind: 'retryable', reason: 'ADDRESS answers 429', retryAfterMs: 17_000 },
    ],
    [
      'a connection that is reset before the answer',
      { kind: 'reset-before-headers' },
      {
        kind: 'retryable',
        reason: 'HOST closed the connection before its answer was complete (ECONNRESET)',
      },
    ],
    [
      'a connection that is reset in the middle of the answer',
      { kind: 'reset-mid-body' },
      { kind: 'retryable', reason: 'HOST closed the connection before its answer was complete (ECONNRESET)' },
    ],
    [
      'a refused connection',
      { kind: 'down' },
      { kind: 'retryable', reason: 'HOST refuses or does not accept connections (ECONNREFUSED)' },
    ],
  ])('%s is understood', async (_, fault, outcome) => {
    intake.faults.set(fault);
    const pushing = client(intake.url);
    const expected = 'reason' in outcome ? { ...outcome, reason: named(outcome.reason, pushing) } : outcome;
    expect(await pushing.pushBatch(three(), forever)).toEqual(expected);
  });

  it.each<[string, IntakeMisbehaviour]>([
    ['that never answers', { kind: 'hang-before-headers' }],
    ['that stops in the middle of its answer', { kind: 'hang-mid-body' }],
    ['that answers one byte a second', { kind: 'slow-body' }],
    ['that answers after the deadline, though it has stored the batch', { kind: 'late-answer', afterMs: 60_000 }],
  ])('a server %s is given up at the deadline', async (_, fault) => {
    intake.faults.set(fault);
    const pushing = client(intake.url, { deadlineMs: 400 });
    const started = performance.now();
    expect(await pushing.pushBatch(three(), forever)).toEqual({
      kind: 'retryable',
      reason: `${pushing.host} did not answer in time (ETIMEDOUT)`,
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([true, false])(
    'a server that reads one byte a second is given up at the deadline (compressed: %s)',
    async (compress) => {
      intake.faults.set({ kind: 'slow-reader' });
      const large = batchOf(Array.from({ length: 40 }, () => JSON.stringify(noise(200_000))));
      const outcome = await client(intake.url, { compress, deadlineMs: 500 }).pushBatch(large, forever);
      expect(outcome).toEqual({ kind: 'retryable', reason: expect.stringMatching(/did not answer in time/) });
      intake.faults.clear();
      expect(await client(intake.url, { compress }).pushBatch(large, forever)).toEqual({
        kind: 'delivered',
        surplus: 0,
      });
    },
  );

  it('a connection that is reset in the middle of the body is worth another call, with the same batch', async () => {
    intake.faults.set({ kind: 'reset-mid-request', times: 1 });
    const large = batchOf(Array.from({ length: 40 }, () => JSON.stringify(noise(200_000))));
    const pushing = client(intake.url, { compress: false });
    expect(await pushing.pushBatch(large, forever)).toEqual({
      kind: 'retryable',
      reason: expect.stringMatching(/closed the connection before its answer was complete/),
    });
    expect(await pushing.pushBatch(large, forever)).toEqual({ kind: 'delivered', surplus: 0 });
    expect(intake.accepted).toBe(40);
  });

  it('a batch that the frame makes too large for the intake never leaves', async () => {
    const batch = batchOf(['x'.repeat(10 * 1024 * 1024)]);
    expect(await client(intake.url).pushBatch(batch, forever)).toEqual({ kind: 'rejected', status: 413 });
    expect(intake.requests).toEqual([]);
  });

  it('nothing is sent once the module stops', async () => {
    expect(await client(intake.url).pushBatch(three(), AbortSignal.abort())).toEqual({
      kind: 'retryable',
      reason: 'the module stops',
    });
    expect(intake.requests).toEqual([]);
  });

  it('a call under way at the stop is given a moment for its answer', async () => {
    intake.faults.set({ kind: 'late-answer', afterMs: 300 });
    const stop = new AbortController();
    const pushed = client(intake.url).pushBatch(three(), stop.signal);
    await delay(100);
    stop.abort();
    expect(await pushed).toEqual({ kind: 'delivered', surplus: 0 });
  });

  it('a call under way at the stop is given up when its answer is long in coming', async () => {
    intake.faults.set({ kind: 'late-answer', afterMs: 60_000 });
    const stop = new AbortController();
    const pushed = client(intake.url, { deadlineMs: 60_000 }).pushBatch(three(), stop.signal);
    await delay(100);
    stop.abort();
    const stopped = performance.now();
    expect(await pushed).toEqual({ kind: 'retryable', reason: expect.stringMatching(/was not waited for/) });
    expect(performance.now() - stopped).toBeLessThan(4_000);
  });
});

describe('An answer', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
  let paths: string[];

  beforeEach(async () => {
    paths = [];
    server = createServer(async (request, response) => {
      paths.push(request.url ?? '');
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      answer(request, response, Buffer.concat(pieces));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is asked for at the path of the server, with the events as strings', async () => {
    let headers: IncomingMessage['headers'] = {};
    let body: unknown;
    answer = (request, response, bytes) => {
      headers = request.headers;
      body = JSON.parse(gunzipSync(bytes).toString());
      response.end('{"event_ids":[1,2]}');
    };
    await client(`${url}/api/v1/intake-http/`).pushBatch(batchOf(['1', '"two"']), forever);
    expect(paths).toEqual(['/api/v1/intake-http/batch']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'user-agent': 'test/1',
    });
    expect(body).toEqual({ intake_key: key.reveal(), jsons: ['1', '"two"'] });
  });

  it('to a body that is not compressed is asked for with its length', async () => {
    let length: string | undefined;
    answer = (request, response) => {
      length = request.headers['content-length'];
      response.end('{"event_ids":[1,2,3]}');
    };
    const outcome = await client(url, { compress: false }).pushBatch(three(), forever);
    expect(outcome).toEqual({ kind: 'delivered', surplus: 0 });
    expect(Number(length)).toBeGreaterThan(60);
  });

  it.each([301, 302, 303, 307, 308])('of status %s is not followed', async (status) => {
    answer = (request, response) => {
      if (request.url === '/batch') response.writeHead(status, { Location: `${url}/elsewhere` }).end();
      else response.end('{"event_ids":[1,2,3]}');
    };
    const pushing = client(url);
    expect(await pushing.pushBatch(three(), forever)).toEqual({
      kind: 'retryable',
      reason: `${pushing.address} answers ${status}`,
    });
    expect(paths).toEqual(['/batch']);
  });

  it.each<[string, string, IntakeOutcome]>([
    ['names too few and says why', '{"event_ids":["a","b"],"errors":[{"index":1,"status":400}]}', refusing(1, 400)],
    [
      'names none and says why for all',
      '{"event_ids":[],"errors":[{"index":0,"status":413},{"index":1,"status":413},{"index":2,"status":413}]}',
      {
        kind: 'partly_rejected',
        refused: new Map([0, 1, 2].map((index) => [index, { status: 413 }])),
      },
    ],
    [
      'says why for some of those that are missing',
      '{"event_ids":["a"],"errors":[{"index":2,"status":422}]}',
      { kind: 'short', acknowledged: 1, refused: new Map([[2, { status: 422 }]]) },
    ],
    [
      'names errors of another shape',
      '{"event_ids":["a","b"],"errors":["event 1"]}',
      { kind: 'short', acknowledged: 2, refused: new Map() },
    ],
    [
      'names errors that are no list',
      '{"event_ids":["a","b"],"errors":{"1":"too large"}}',
      { kind: 'short', acknowledged: 2, refused: new Map() },
    ],
    [
      'names one error of the right shape among others',
      '{"event_ids":["a","b"],"errors":[null,{"index":"0","status":400},{"index":1,"status":400,"message":7}]}',
      refusing(1, 400),
    ],
    [
      'names an error for an event that was not sent',
      '{"event_ids":["a","b"],"errors":[{"index":3,"status":400}]}',
      { kind: 'short', acknowledged: 2, refused: new Map() },
    ],
    [
      'names successes as errors',
      '{"event_ids":["a","b","c"],"errors":[{"index":0,"status":200}]}',
      { kind: 'delivered', surplus: 0 },
    ],
    [
      'names every event, and refuses one of them',
      '{"event_ids":["a","b","c"],"errors":[{"index":1,"status":400}]}',
      refusing(1, 400),
    ],
    [
      'names none, and refuses one of several: the others are to be sent without it',
      '{"event_ids":[],"errors":[{"index":1,"status":422}]}',
      { kind: 'rejected', status: 422 },
    ],
    [
      'names by null what it has not stored',
      '{"event_ids":["a",null,"c"]}',
      { kind: 'short', acknowledged: 2, refused: new Map() },
    ],
    [
      'names nothing but what is no id',
      '{"event_ids":[null,"",{}]}',
      { kind: 'retryable', reason: 'ADDRESS answers 200 with no event_ids' },
    ],
    ['is null', 'null', { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' }],
    ['is a list', '["a","b","c"]', { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' }],
    [
      'names ids that are no list',
      '{"event_ids":3}',
      { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' },
    ],
    ['is empty', '', { kind: 'retryable', reason: 'ADDRESS answers 200 without event_ids' }],
  ])('that %s is understood', async (_, body, outcome) => {
    answer = (_request, response) => response.end(body);
    const pushing = client(url);
    const expected = 'reason' in outcome ? { ...outcome, reason: named(outcome.reason, pushing) } : outcome;
    expect(await pushing.pushBatch(three(), forever)).toEqual(expected);
  });

  it('keeps no more than 200 characters of what the intake says of an event', async () => {
    const message = 'm'.repeat(1000);
    answer = (_request, response) =>
      response.end(JSON.stringify({ event_ids: [1, 2], errors: [{ index: 0, status: 400, message }] }));
    expect(await client(url).pushBatch(three(), forever)).toEqual({
      kind: 'partly_rejected',
      refused: new Map([[0, { status: 400, message: 'm'.repeat(200) }]]),
    });
  });

  it.each([
    ['Sat, 31 Jan 2026 09:31:30 GMT', 90_000],
    ['Sat, 31 Jan 2026 09:29:00 GMT', 0],
    ['0', 0],
    ['soon', undefined],
    ['-5', undefined],
  ])('with Retry-After: %s is waited for by the clock of the server', async (retryAfter, retryAfterMs) => {
    answer = (_request, response) =>
      response
        .writeHead(503, { Date: 'Sat, 31 Jan 2026 09:30:00 GMT', 'Retry-After': retryAfter })
        .end('{"message":"later"}');
    const pushing = client(url);
    expect(await pushing.pushBatch(three(), forever)).toEqual({
      kind: 'retryable',
      reason: `${pushing.address} answers 503`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  });

  it('without an end is given up', async () => {
    answer = (_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, '1')));
      };
      response.on('drain', write);
      write();
    };
    const pushing = client(url, { deadlineMs: 20_000 });
    expect(await pushing.pushBatch(three(), forever)).toEqual({
      kind: 'retryable',
      reason: `${pushing.host} sent a larger answer than is accepted (ERR_BODY_TOO_LARGE)`,
    });
  });

  it('that comes before the body was read counts', async () => {
    server.removeAllListeners('request');
    server.on('request', (_request, response) => void response.writeHead(413, { Connection: 'close' }).end());
    const large = batchOf(Array.from({ length: 40 }, () => JSON.stringify(noise(200_000))));
    const outcome = await client(url, { compress: false }).pushBatch(large, forever);
    // Which of the two comes first is up to the network; neither loses anything.
    expect(['rejected', 'retryable']).toContain(outcome.kind);
  });
});

function refusing(index: number, status: number): IntakeOutcome {
  return { kind: 'partly_rejected', refused: new Map([[index, { status }]]) };
}

/** Text that does not become smaller. */
function noise(length: number): string {
  let seed = 1;
  let text = '';
  while (text.length < length) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += seed.toString(36);
  }
  return text.slice(0, length);
}
