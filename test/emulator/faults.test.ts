import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chaos } from '../../lib/emulator/chaos.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { faultPresets } from '../../lib/emulator/fault-presets.js';
import type { Fault, OddAlert } from '../../lib/emulator/faults.js';
import { type BareClient, type ListPage, logIn, requestToken } from '../helpers/bare-client.js';
import { makeCertificate } from '../helpers/certificate.js';
import { exchange } from '../helpers/exchange.js';

const key = { keyId: 'KEY', secret: '_secret' };
const HOUR = 3_600_000;
const now = Date.parse('2026-01-31T09:30:00.000Z');
const from = now - HOUR;
const path = `/api/v2/Alerts?startTime=${new Date(from).toISOString()}&endTime=${new Date(now).toISOString()}`;

let emulator: Emulator;
let client: BareClient;

// Five alerts, 0 to 4, in three pages.
beforeEach(async () => {
  emulator = await startEmulator({ ...key, now: () => now, pageSize: 2 });
  for (let id = 0; id < 5; id += 1) {
    emulator.add(`{"alertId":${id},"startTime":"${new Date(from + id).toISOString()}"}`);
  }
  client = await logIn(emulator, key);
});
afterEach(() => emulator.close());

const ids = (pages: readonly ListPage[]) => pages.map(({ data }) => data.map(({ alertId }) => alertId));
const list = () => client.list(from, now);

/** The list's first page, watched down to the connection; without a token it is a 401, with a body like any other. */
const watch = (patienceMs = 5000, fillBytes?: number) =>
  exchange(emulator.url + path, { patienceMs, ...(fillBytes ? { fillBytes } : {}) });

describe('an error', () => {
  it.each([500, 502, 503, 504, 403])('%d is answered to every call that it is set on', async (status) => {
    emulator.faults.set({ kind: 'status', status, on: 'any' });
    const response = await list();
    expect([response.status, await response.json()]).toEqual([status, { message: `The emulator answers ${status}` }]);
    expect((await requestToken(emulator, key)).status).toBe(status);
    expect((await client.call('/api/v2/Alerts/1?scope=Details')).status).toBe(status);
  });

  it.each([
    ['token', [500, 200, 200]],
    ['list', [201, 500, 200]],
    ['details', [201, 200, 500]],
  ] as const)('set on %s leaves the other functions be', async (on, statuses) => {
    emulator.faults.set({ kind: 'status', status: 500, on });
    expect([
      (await requestToken(emulator, key)).status,
      (await list()).status,
      (await client.call('/api/v2/Alerts/1?scope=Details')).status,
    ]).toEqual(statuses);
  });

  it.each([
    ['retry-after', '7', null],
    ['rate-limit-reset', null, '7'],
    ['nothing', null, null],
  ] as const)('429 says when to come back: %s', async (says, retryAfter, reset) => {
    emulator.faults.set({ kind: 'too-many-requests', says, seconds: 7 });
    const { status, headers } = await list();
    expect([status, headers.get('Retry-After'), headers.get('RateLimit-Reset')]).toEqual([429, retryAfter, reset]);
  });

  it('429 says at what time to come back', async () => {
    emulator.faults.set({ kind: 'too-many-requests', says: 'retry-after-date', seconds: 60 });
    expect((await list()).headers.get('Retry-After')).toBe('Sat, 31 Jan 2026 09:31:00 GMT');
  });

  it("puts its own figures in place of the budget's", async () => {
    emulator.faults.set({ kind: 'budget-figures', limit: '0', remaining: 'none' });
    const { status, headers } = await list();
    const figures = ['Limit', 'Remaining', 'Reset'].map((name) => headers.get(`RateLimit-${name}`));
    expect([status, ...figures]).toEqual([200, '0', 'none', null]);
  });

  it('401 in the middle ends the token, so that a new one is needed', async () => {
    emulator.faults.set({ kind: 'token-lost', page: 2, times: 1 });
    await expect(client.readPages(from, now)).rejects.toThrow('401');
    expect((await list()).status).toBe(401);
    await client.login();
    expect((await list()).status).toBe(200);
  });

  it('a revoked key is refused, and so are its tokens, until it is valid again', async () => {
    const off = emulator.faults.set({ kind: 'key-revoked' });
    expect((await list()).status).toBe(401);
    expect((await requestToken(emulator, key)).status).toBe(401);
    off();
    expect((await list()).status).toBe(200);
    emulator.faults.set({ kind: 'key-revoked', times: 2 });
    expect([(await list()).status, (await requestToken(emulator, key)).status, (await list()).status]).toEqual([
      401, 401, 200,
    ]);
  });
});

describe('contents', () => {
  it.each<[Fault['kind'], number, string]>([
    ['no-content', 204, ''],
    ['empty-object', 200, '{}'],
    ['null-data', 200, '"data":null}'],
    ['data-not-array', 200, '"data":{"alertId":1}}'],
    ['html-page', 200, '</html>'],
  ])('%s comes in place of a page', async (kind, status, end) => {
    emulator.faults.set({ kind } as Fault);
    const response = await list();
    expect(response.status).toBe(status);
    const body = await response.text();
    expect(body.slice(body.length - end.length)).toBe(end);
    expect(body).not.toContain('startTime');
  });

  it('no-paging leaves the alerts and takes the rest', async () => {
    emulator.faults.set({ kind: 'no-paging' });
    expect(Object.keys((await (await list()).json()) as object)).toEqual(['data']);
  });

  it('truncated-json cuts the body in half, length and all', async () => {
    emulator.settings.pageSize = 10;
    const whole = await (await list()).text();
    emulator.faults.set({ kind: 'truncated-json' });
    expect(await (await list()).text()).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  });

  it('endless-body sends for as long as one reads', async () => {
    emulator.faults.set({ kind: 'endless-body' });
    const { end, body } = await watch(5000, 20_000_000);
    expect(end).toBe('cut');
    expect(body.length).toBeGreaterThanOrEqual(20_000_000);
    expect(body).toMatch(/^\{"data":\[\{"alertId":1,/);
  });
});

describe('a connection', () => {
  it('is reset before anything is answered', async () => {
    emulator.faults.set({ kind: 'reset-before-headers' });
    expect(await watch()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
  });

  it('is reset in the middle of the body', async () => {
    emulator.faults.set({ kind: 'reset-mid-body' });
    const { end, status, body, headers } = await watch();
    expect([end, status]).toEqual(['ECONNRESET', 401]);
    expect(body.length).toBeLessThan(Number(headers['content-length']));
  });

  it('hangs without an answer, or falls silent in the middle of it', async () => {
    emulator.faults.set({ kind: 'hang-before-headers', times: 1 });
    emulator.faults.set({ kind: 'hang-mid-body', times: 1 });
    expect(await watch(200)).toMatchObject({ status: undefined, end: 'cut' });
    const { end, body, headers } = await watch(200);
    expect(end).toBe('cut');
    expect(body).toHaveLength(Math.floor(Number(headers['content-length']) / 2));
  });

  it('hangs no longer than it is told to', async () => {
    emulator.faults.set({ kind: 'hang-before-headers', forMs: 50 });
    expect(await watch()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
  });

  it('carries a byte at a time', async () => {
    emulator.faults.set({ kind: 'slow-body', everyMs: 20 });
    const { end, status, body } = await watch(200);
    expect([end, status]).toEqual(['cut', 401]);
    expect(body.length).toBeGreaterThan(0);
    expect(body.length).toBeLessThanOrEqual(10);
    emulator.faults.clear();
    emulator.faults.set({ kind: 'slow-body', everyMs: 2, bytes: 10 });
    expect(await watch()).toMatchObject({ end: 'complete', status: 401, body: expect.stringMatching(/^\{.*\}$/) });
  });

  it('shows another certificate from the moment on at which it is changed', async () => {
    const [good, expired] = [await makeCertificate(), await makeCertificate({ expired: true })];
    const secure = await startEmulator({ ...key, tls: good });
    const { Agent, request } = await import('node:https');
    const agent = new Agent({ ca: [good.cert, expired.cert] });
    const outcome = () =>
      new Promise((resolve) => {
        const call = request(secure.url, { agent }, (response) => {
          resolve(response.statusCode);
          response.resume();
        });
        call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end();
      });
    const outcomes = [await outcome()];
    for (const certificate of [expired, good]) {
      secure.showCertificate(certificate);
      outcomes.push(await outcome());
    }
    expect(outcomes).toEqual([404, 'CERT_HAS_EXPIRED', 404]);
    agent.destroy();
    await secure.close();
  });

  it.each([
    [false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [true, 'CERT_HAS_EXPIRED'],
  ])('over https with a certificate that has expired (%s) is refused by the client', async (expired, code) => {
    const tls = await makeCertificate({ expired });
    const secure = await startEmulator({ ...key, tls });
    const { request } = await import('node:https');
    const failure = (options: object) =>
      new Promise((resolve) => {
        const call = request(secure.url, { agent: false, ...options }, ({ statusCode }) => resolve(statusCode));
        call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end();
      });
    expect(await failure(expired ? { ca: tls.cert } : {})).toBe(code);
    if (!expired) expect(await failure({ ca: tls.cert })).toBe(404);
    await secure.close();
  });

  it('is redirected to another origin', async () => {
    emulator.faults.set({ kind: 'redirect-other-origin', origin: 'http://127.0.0.1:9' });
    const response = await client.call(path, { redirect: 'manual' });
    expect([response.status, response.headers.get('Location')]).toEqual([307, `http://127.0.0.1:9${path}`]);
  });

  it('is redirected once on the same origin, and then answered', async () => {
    emulator.faults.set({ kind: 'redirect-same-origin' });
    const response = await list();
    expect([response.status, response.redirected]).toEqual([200, true]);
    expect(emulator.calls.map(({ status }) => status)).toEqual([201, 307, 200]);
  });

  it('tells a time that is wrong, as often as told, also in the answer that another fault gives', async () => {
    emulator.faults.set({ kind: 'wrong-clock', offsetSeconds: -3600, times: 2 });
    emulator.faults.set({ kind: 'html-page', times: 1 });
    const times = [await list(), await list(), await list()].map(({ headers }) => headers.get('Date'));
    expect(times).toEqual(['08', '08', '09'].map((hour) => `Sat, 31 Jan 2026 ${hour}:30:00 GMT`));
  });
});

describe('a sequence of pages', () => {
  it('holds a page twice, each of them, and loses nothing', async () => {
    emulator.faults.set({ kind: 'page-twice' });
    expect(ids(await client.readPages(from, now))).toEqual([[0, 1], [0, 1], [2, 3], [2, 3], [4]]);
  });

  it('holds the page before in place of another', async () => {
    emulator.faults.set({ kind: 'page-before-again', page: 2 });
    expect(ids(await client.readPages(from, now))).toEqual([[0, 1], [0, 1], [4]]);
  });

  it('holds an id twice', async () => {
    emulator.faults.set({ kind: 'id-twice', page: 2 });
    const pages = await client.readPages(from, now);
    expect(ids(pages)).toEqual([[0, 1], [2, 3, 3], [4]]);
    expect(pages[1]?.paging).toMatchObject({ rows: 3, totalRows: 6 });
  });

  it('ends before totalRows is reached', async () => {
    emulator.faults.set({ kind: 'early-end', page: 2 });
    const pages = await client.readPages(from, now);
    expect(ids(pages)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(pages[1]?.paging).toEqual({ rows: 2, totalRows: 5, urls: { nextPage: null } });
  });

  it('ends with an empty page in its middle', async () => {
    emulator.faults.set({ kind: 'empty-page', page: 2 });
    const pages = await client.readPages(from, now);
    expect(ids(pages)).toEqual([[0, 1], []]);
    expect(pages[1]?.paging).toEqual({ rows: 0, totalRows: 5, urls: { nextPage: null } });
  });

  it('has an empty answer in its middle', async () => {
    emulator.faults.set({ kind: 'no-content', page: 2 });
    await expect(client.readPages(from, now)).rejects.toThrow('204');
  });

  it('leads to another host', async () => {
    emulator.faults.set({ kind: 'foreign-next-page', origin: 'http://127.0.0.1:9' });
    const page = (await (await list()).json()) as ListPage;
    expect(page.paging?.urls.nextPage).toMatch(/^http:\/\/127\.0\.0\.1:9\/api\/v2\/Alerts\?cursor=/);
  });

  it('never ends, and never names the same page twice', async () => {
    emulator.faults.set({ kind: 'endless-pages' });
    const pages = await client.readPages(from, now);
    expect(pages).toHaveLength(50);
    expect(new Set(pages.map(({ paging }) => paging?.urls.nextPage)).size).toBe(50);
  });

  it('never ends, and never says how many alerts there are', async () => {
    emulator.faults.set({ kind: 'endless-pages', announces: 'nothing' });
    const pages = await client.readPages(from, now);
    expect(pages).toHaveLength(50);
    expect(new Set(pages.map(({ paging }) => paging?.totalRows))).toEqual(new Set([undefined]));
  });

  it('is left alone by faults for which it has no place', async () => {
    emulator.settings.pageSize = 10;
    emulator.faults.set({ kind: 'early-end', times: 1 });
    emulator.faults.set({ kind: 'page-before-again', times: 1 });
    expect(ids(await client.readPages(from, now))).toEqual([[0, 1, 2, 3, 4]]);
    expect(emulator.faults.active()).toHaveLength(2);
  });
});

describe('an odd alert', () => {
  it.each<[OddAlert, RegExp]>([
    ['without-id', /^\{"alertName":"Odd Alert","startTime":"2026-01-31T09:29:00.000Z"/],
    ['id-beyond-2^53', /^\{"alertId":9007199254740992001,/],
    ['start-without-fraction', /"startTime":"2026-01-31T09:29:00Z"/],
    ['start-with-offset', /"startTime":"2026-01-31T11:29:00.000\+02:00"/],
    ['start-unreadable', /"startTime":"yesterday at noon"/],
    ['status-nested-deep', /"status":\[{20000}\]{20000},/],
    ['not-an-object', /^"alert 1"$/],
  ])('%s appears among the others', async (odd, text) => {
    emulator.settings.pageSize = 10;
    emulator.faults.set({ kind: 'odd-alert', odd });
    const body = await (await list()).text();
    expect(body.slice(body.indexOf(':00.004Z"},') + ':00.004Z"},'.length, -2)).toMatch(text);
    expect(JSON.parse(body).data).toHaveLength(6);
  });
});

describe('the switches', () => {
  it('strike as often as told, and as likely', async () => {
    emulator.faults.set({ kind: 'status', status: 500, times: 2 });
    const statuses = async (calls: number) => {
      const seen: number[] = [];
      for (let call = 0; call < calls; call += 1) seen.push((await list()).status);
      return seen;
    };
    expect(await statuses(3)).toEqual([500, 500, 200]);
    emulator.faults.set({ kind: 'status', status: 500, probability: 0.5, seed: 4 });
    const first = await statuses(20);
    expect([...new Set(first)].sort()).toEqual([200, 500]);
    emulator.faults.clear();
    emulator.faults.set({ kind: 'status', status: 500, probability: 0.5, seed: 4 });
    expect(await statuses(20)).toEqual(first);
  });

  it('record which fault struck which call', async () => {
    emulator.faults.set({ kind: 'early-end', page: 1 });
    await client.readPages(from, now);
    expect(emulator.calls.map(({ called, fault }) => [called, fault])).toEqual([
      ['token', undefined],
      ['list', 'early-end'],
    ]);
  });

  it('each have words for a person', () => {
    expect(new Set(faultPresets.map(({ id }) => id)).size).toBe(faultPresets.length);
    for (const { title, description } of faultPresets) {
      expect(title).toMatch(/^[A-Z0-9{d]/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('make the same chaos from the same seed, and every kind of fault in time', () => {
    const draw = (seed: number, count: number) => {
      const steps = chaos(seed);
      return Array.from({ length: count }, () => steps.next().value);
    };
    expect(draw(1, 50)).toEqual(draw(1, 50));
    expect(draw(1, 50)).not.toEqual(draw(2, 50));
    const drawn = new Set(draw(3, 2000).map(({ fault }) => fault.kind));
    expect([...drawn].sort()).toEqual([...new Set(faultPresets.map(({ fault }) => fault.kind))].sort());
  });
});
