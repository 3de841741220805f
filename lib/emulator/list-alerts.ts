import { z } from 'zod';
import type { AlertStore } from './alert-store.js';
import { type Answer, bareAnswer, jsonAnswer } from './answer.js';
import { ApiError } from './api-error.js';
import type { ApiRequest } from './api-request.js';
import type { Fault } from './faults.js';
import { bendPage, type Cursor, type PageDesk, strikesPage, writePage } from './page.js';
import { compileFilters, searchFilter } from './search-filter.js';
import type { Order, Scope } from './selection.js';
import { readTimeRange } from './time-range.js';

/** How the API lists alerts; may be changed while it runs. */
export interface ListSettings {
  pageSize: number;
  order: Order;
  /** How a search that finds nothing is answered. */
  whenNothing: 'no-content' | 'empty-object' | 'empty-data';
  /** The fields that a search accepts. */
  searchableFields: readonly string[];
}

/** What listing needs. */
export interface ListParts {
  readonly now: () => number;
  readonly store: AlertStore;
  readonly pages: PageDesk;
  readonly settings: ListSettings;
}

const searchRequest = z.object({
  timeFilter: z.object({ startTime: z.string().optional(), endTime: z.string().optional() }).default({}),
  filters: z.array(searchFilter).default([]),
});

/** The place that the request's `cursor` names, undefined when it has none. */
export function readCursor(url: URL): Cursor | undefined {
  const text = url.searchParams.get('cursor');
  if (text === null) return undefined;
  const [sequence = Number.NaN, page = Number.NaN, again = Number.NaN] = text.split('.').map(Number);
  return { sequence, page, again };
}

/** One page of alerts, and the fault that `strike` finds for it. */
export function listAlerts(
  request: ApiRequest,
  parts: ListParts,
  strike: (fits: (fault: Fault) => boolean) => Fault | undefined,
): { readonly answer: Answer; readonly fault: Fault | undefined } {
  const urlOf = ({ sequence, page, again }: Cursor) =>
    `${request.url.origin}/api/v2/Alerts?cursor=${sequence}.${page}.${again}`;
  const cursor = readCursor(request.url) ?? search(request, parts);
  const page = parts.pages.read(cursor, urlOf);
  if (!page) return { answer: answerNothing(parts.settings), fault: undefined };
  const fault = strike((one) => strikesPage(one, page));
  const bent = fault && strikesPage(fault, page) ? bendPage(page, fault, parts.pages, urlOf) : page;
  return {
    answer: { status: 200, headers: { 'Content-Type': 'application/json' }, body: writePage(bent) },
    fault,
  };
}

/** Whose alerts the request's headers ask for. */
export function readScope(request: ApiRequest): Scope {
  return {
    subAccount: request.header('account-name'),
    everyAccount: request.header('org-access')?.toLowerCase() === 'true',
  };
}

function search(request: ApiRequest, { now, store, pages, settings }: ListParts): Cursor {
  const asked = request.method === 'POST' ? readSearch(request.body) : readQuery(request.url);
  const range = readTimeRange(asked.timeFilter.startTime, asked.timeFilter.endTime, now());
  const filters = asked.filters.length > 0 ? { accepts: compileFilters(asked.filters, settings.searchableFields) } : {};
  const selection = store.select({ ...readScope(request), ...range, ...filters, now: now(), order: settings.order });
  return pages.open(selection, settings.pageSize);
}

function readSearch(body: string): z.infer<typeof searchRequest> {
  const read = z
    .preprocess((text, context) => {
      try {
        return JSON.parse(String(text));
      } catch {
        context.issues.push({ code: 'custom', message: 'no JSON', input: text });
        return z.NEVER;
      }
    }, searchRequest)
    .safeParse(body);
  if (!read.success) throw new ApiError(400, `The search is not readable: ${z.prettifyError(read.error)}`);
  return read.data;
}

function readQuery(url: URL): z.infer<typeof searchRequest> {
  return searchRequest.parse({
    timeFilter: {
      startTime: url.searchParams.get('startTime') ?? undefined,
      endTime: url.searchParams.get('endTime') ?? undefined,
    },
  });
}

function answerNothing({ whenNothing }: ListSettings): Answer {
  if (whenNothing === 'no-content') return bareAnswer(204);
  return jsonAnswer(200, whenNothing === 'empty-object' ? {} : { data: [] });
}
