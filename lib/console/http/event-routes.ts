import { pipeline } from 'node:stream/promises';
import type { EventsFound } from '../api.js';
import type { EventStore } from '../events/event-store.js';
import { countArrivals, type Found, findEvents, rowsOf } from '../events/find-events.js';
import { readQuery } from '../events/search-query.js';
import { HttpProblem } from './http-problem.js';
import type { Call, Routes } from './router.js';

const MOST_ROWS = 500;
/** Pages ask for the same search part by part, and go back and forth between a few. */
const REMEMBERED_SEARCHES = 8;

/** Searching, reading and exporting events. */
export function eventRoutes(store: EventStore, now: () => number): Routes {
  const remembered = new Map<string, Found>();
  const find = (query: URLSearchParams) => {
    const until = Math.min(numberIn(query, 'until') ?? Number.POSITIVE_INFINITY, store.counts.next);
    const from = numberIn(query, 'from') ?? Number.NEGATIVE_INFINITY;
    const to = numberIn(query, 'to') ?? Number.POSITIVE_INFINITY;
    const severities = new Set((query.get('severity') ?? '').split(',').filter(Boolean));
    const text = query.get('q') ?? '';
    const key = JSON.stringify([until, from, to, [...severities], text, store.first]);
    const found = remembered.get(key) ?? findEvents(store, { terms: readQuery(text), severities, from, to, until });
    remembered.delete(key);
    remembered.set(key, found);
    for (const old of remembered.keys()) {
      if (remembered.size <= REMEMBERED_SEARCHES) break;
      remembered.delete(old);
    }
    return { found, until };
  };
  return {
    'GET /api/events'({ query }): EventsFound {
      const startedAt = performance.now();
      const { found, until } = find(query);
      const limit = Math.min(numberIn(query, 'limit') ?? 100, MOST_ROWS);
      const rows = rowsOf(store, found.numbers, numberIn(query, 'offset') ?? 0, limit);
      const { bySeverity, chart, medianLagMs } = found;
      const arrivals = countArrivals(store, now());
      const tookMs = performance.now() - startedAt;
      return { until, total: found.numbers.length, rows, bySeverity, chart, medianLagMs, arrivals, tookMs };
    },
    async 'GET /api/events/:number'({ parameters }) {
      const number = Number(parameters['number']);
      if (!Number.isInteger(number)) throw new HttpProblem(404, 'There is no such event: events have whole numbers.');
      const detail = await store.detail(number);
      if (!detail) throw new HttpProblem(404, 'The event is no longer kept: newer ones have taken its place.');
      return detail;
    },
    async 'GET /api/export'(call) {
      await sendAll(call, store, find(call.query).found);
    },
  };
}

/** Sends the exact texts, one a line, as fast as they are taken. */
async function sendAll({ response }: Call, store: EventStore, { numbers }: Found): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/x-ndjson',
    'Content-Disposition': 'attachment; filename="events.ndjson"',
    'Cache-Control': 'no-store',
  });
  try {
    await pipeline(linesOf(store.texts(numbers)), response);
  } catch (error) {
    // Who asked has gone away before the end.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  // A line break inside an event's text would end its line; outside of its strings it means nothing.
  for await (const text of texts) yield `${text.replace(/[\r\n]+/g, ' ')}\n`;
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) throw new HttpProblem(400, `${name} is not a number.`);
  return number;
}
