import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { LogLine } from '../../lib/console/api.js';
import { LiveFeed } from '../../lib/console/live/live-feed.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type LiveClient, openLive } from './live-client.js';

let feed: LiveFeed;
let server: Server;
beforeEach(async () => {
  feed = new LiveFeed();
  server = createServer().on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy());
    feed.open(request, new URL(request.url ?? '', 'http://console').searchParams.get('since') ?? undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  feed.close();
  server.close();
  await once(server, 'close');
});

async function open(since?: string): Promise<LiveClient> {
  const { port } = server.address() as AddressInfo;
  const client = await openLive(`http://127.0.0.1:${port}/${since === undefined ? '' : `?since=${since}`}`);
  if (typeof client === 'number') throw new Error(`Refused with ${client}.`);
  return client;
}

const counts = (next: number) => ({ kept: next, dropped: 0, next, limit: 10 });

it('says hello, and then tells what happens', async () => {
  const reader = await open();
  await waitUntil('the hello has arrived', () => reader.messages().length === 1);
  feed.tell('events', counts(1));
  await waitUntil('the message has arrived', () => reader.messages().length === 2);
  expect(reader.messages().map(({ name, value }) => [name, value])).toEqual([
    ['hello', {}],
    ['events', counts(1)],
  ]);
});

it('tells a page that was away what it has missed, in order and once', async () => {
  const first = await open();
  await waitUntil('the hello has arrived', () => first.messages().length === 1);
  first.hangUp();
  for (const next of [1, 2, 3]) feed.tell('events', counts(next));
  const second = await open(first.messages()[0]?.id);
  await waitUntil('three have arrived', () => second.messages().length === 3);
  expect(second.messages().map(({ value }) => value)).toEqual([1, 2, 3].map(counts));
  second.hangUp();
  const third = await open(second.messages()[1]?.id);
  await waitUntil('one has arrived', () => third.messages().length === 1);
  expect(third.messages().map(({ value }) => value)).toEqual([counts(3)]);
});

it('has a page read everything anew that was away too long, or since an earlier run', async () => {
  const first = await open();
  await waitUntil('the hello has arrived', () => first.messages().length === 1);
  for (let next = 0; next < 600; next += 1) feed.tell('events', counts(next));
  for (const last of [first.messages()[0]?.id, 'earlier-3', 'nonsense']) {
    const reader = await open(last);
    await waitUntil('the answer has arrived', () => reader.messages().length > 0);
    expect(reader.messages().map(({ name }) => name)).toEqual(['reset']);
  }
});

it.each([1, 100, 200, 70_000])('tells a text of %i characters whole, whatever they are', async (length) => {
  const reader = await open();
  const lines: LogLine[] = [{ number: 1, at: 0, level: 'info', message: 'é'.repeat(length), from: 'trigger' }];
  feed.tell('log', lines);
  await waitUntil('it has arrived', () => reader.messages().length === 2);
  expect(reader.messages()[1]?.value).toEqual(lines);
});

it('hangs up when the page says goodbye, and when the console closes', async () => {
  const [first, second] = [await open(), await open()];
  first.sayGoodbye();
  await waitUntil('the first is gone', () => first.isClosed());
  expect(second.isClosed()).toBe(false);
  feed.close();
  await waitUntil('the second is gone', () => second.isClosed());
});

it('lets a page go that takes nothing', async () => {
  const reader = await open();
  reader.pause();
  const lines: LogLine[] = [{ number: 1, at: 0, level: 'info', message: 'x'.repeat(1024 * 1024), from: 'trigger' }];
  for (let turn = 0; turn < 30; turn += 1) feed.tell('log', lines);
  reader.resume();
  await waitUntil('it is gone', () => reader.isClosed());
  expect(reader.messages().length).toBeLessThan(30);
});
