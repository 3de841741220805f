import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { LogStore } from '../../lib/console/logs/log-store.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let path: string;
beforeEach(async () => {
  temporary = await temporaryDirectory();
  path = join(temporary.path, 'log.ndjson');
});
afterEach(() => temporary.remove());

const all = { levels: new Set(['info', 'warning']), text: '', before: Number.POSITIVE_INFINITY, limit: 10 };

function open(limit = 100): LogStore {
  const store = new LogStore(path, limit);
  store.load();
  return store;
}

function info(...messages: string[]) {
  return messages.map((message) => ({ at: 1000, level: 'info' as const, message }));
}

it('numbers the lines, and finds them by level and text', () => {
  const store = open();
  expect(store.add(info('One', 'Two'), 'trigger')).toEqual([
    { number: 1, at: 1000, level: 'info', message: 'One', from: 'trigger' },
    { number: 2, at: 1000, level: 'info', message: 'Two', from: 'trigger' },
  ]);
  store.add([{ at: 2000, level: 'warning', message: 'Three' }], 'console');
  const find = (search: object) => store.search({ ...all, ...search }).lines.map(({ number }) => number);
  expect(find({})).toEqual([1, 2, 3]);
  expect(find({ levels: new Set(['warning']) })).toEqual([3]);
  expect(find({ text: 'tWO' })).toEqual([2]);
  expect(find({ before: 2 })).toEqual([1]);
});

it('gives the newest lines first, and says whether there are older ones', () => {
  const store = open();
  store.add(info('a', 'b', 'c'), 'trigger');
  const page = store.search({ ...all, limit: 2 });
  expect([page.lines.map(({ message }) => message), page.isComplete]).toEqual([['b', 'c'], false]);
  const rest = store.search({ ...all, limit: 2, before: 2 });
  expect([rest.lines.map(({ message }) => message), rest.isComplete]).toEqual([['a'], true]);
});

it('keeps the lines over a restart, without what a crash has left half written', () => {
  open().add(info('One'), 'trigger');
  appendFileSync(path, '{"number":2,"at":');
  const store = open();
  expect(store.add(info('Two'), 'trigger')[0]?.number).toBe(2);
  expect(
    open()
      .search(all)
      .lines.map(({ message }) => message),
  ).toEqual(['One', 'Two']);
});

it('keeps the newest lines only, in a file for its owner alone', () => {
  const store = open(10);
  for (let turn = 0; turn < 50; turn += 1) store.add(info(`Line ${turn}`), 'trigger');
  expect(store.search({ ...all, limit: 100 }).lines.map(({ number }) => number)).toEqual([
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
  ]);
  expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThanOrEqual(22);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
