import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { LiveFeed } from '../../lib/console/live/live-feed.js';
import { type LoopbackServer, startLoopbackServer } from '../../lib/console/platform/loopback-server.js';
import { waitUntil } from '../helpers/wait-until.js';

let feed: LiveFeed;
let server: LoopbackServer;
beforeEach(async () => {
  feed = new LiveFeed();
  server = await startLoopbackServer(0, (request, response) => feed.open(request, response));
});
afterEach(() => server.close());

/** Opens the stream; the returned function gives what has arrived, as `[id, name, value]`. */
async function open(lastEventId?: string) {
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const call = get(server.url, { headers, agent: false });
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  response.on('error', () => {});
  const events = () =>
    [...text.matchAll(/id: (\S+)\nevent: (\w+)\ndata: (.*)\n\n/g)].map(([, id, name, data]) => [
      id,
      name,
      JSON.parse(data ?? ''),
    ]);
  return { events, hangUp: () => call.destroy() };
}

const counts = (next: number) => ({ kept: next, dropped: 0, next, limit: 10 });

it('says hello, and then tells what happens', async () => {
  const reader = await open();
  await waitUntil('the hello has arrived', () => reader.events().length === 1);
  feed.tell('events', counts(1));
  await waitUntil('the event has arrived', () => reader.events().length === 2);
  expect(reader.events().map(([, name, value]) => [name, value])).toEqual([
    ['hello', {}],
    ['events', counts(1)],
  ]);
});

it('tells a page that was away what it has missed, in order and once', async () => {
  const first = await open();
  await waitUntil('the hello has arrived', () => first.events().length === 1);
  first.hangUp();
  for (const next of [1, 2, 3]) feed.tell('events', counts(next));
  const second = await open(String(first.events()[0]?.[0]));
  await waitUntil('three have arrived', () => second.events().length === 3);
  expect(second.events().map(([, , value]) => value.next)).toEqual([1, 2, 3]);
  second.hangUp();
  const third = await open(String(second.events()[1]?.[0]));
  await waitUntil('one has arrived', () => third.events().length === 1);
  expect(third.events().map(([, , value]) => value.next)).toEqual([3]);
});

it('has a page read everything anew that was away too long, or since an earlier run', async () => {
  const first = await open();
  await waitUntil('the hello has arrived', () => first.events().length === 1);
  for (let next = 0; next < 600; next += 1) feed.tell('events', counts(next));
  for (const last of [String(first.events()[0]?.[0]), 'earlier-3', 'nonsense']) {
    const reader = await open(last);
    await waitUntil('the answer has arrived', () => reader.events().length > 0);
    expect(reader.events().map(([, name]) => name)).toEqual(['reset']);
  }
});
