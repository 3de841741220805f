import { type Answer, jsonAnswer } from './answer.js';
import { answerInstead, budgetFigures, strikesCall } from './answer-instead.js';
import { ApiError } from './api-error.js';
import type { ApiRequest } from './api-request.js';
import type { CallBudget } from './call-budget.js';
import type { ApiFunction, Fault } from './faults.js';
import { type ListParts, listAlerts, readCursor, readScope } from './list-alerts.js';
import { type Breakage, isBreakage } from './send-answer.js';
import type { SwitchBoard } from './switch-board.js';
import type { TokenDesk } from './token-desk.js';

/** The parts that the API is made of. */
export interface ApiParts extends ListParts {
  readonly tokens: TokenDesk;
  readonly budget: CallBudget;
  readonly faults: SwitchBoard<Fault>;
}

/** What becomes of a request. */
export interface Reply {
  readonly called: ApiFunction | 'other';
  /** The number of the page asked for, in calls of the list. */
  readonly page: number | undefined;
  readonly answer: Answer;
  /** What happens to the answer on its way. */
  readonly breakage: Breakage | undefined;
  /** The kind of the fault that struck. */
  readonly fault: Fault['kind'] | undefined;
  /** By how much the Date header is wrong. */
  readonly clockOffsetMs: number;
}

/** Answers a request as the API would, or as the faults have it that are switched on. */
export function replyTo(request: ApiRequest, parts: ApiParts): Reply {
  const called = functionOf(request);
  const page = called === 'list' ? (readCursor(request.url)?.page ?? 1) : undefined;
  const unharmed = { called, page, breakage: undefined, fault: undefined, clockOffsetMs: 0 };
  if (called === 'other') return { ...unharmed, answer: refuse(404, 'Not found') };

  const strike = (fits: (fault: Fault) => boolean) =>
    parts.faults.strike((fault) => isFor(fault, called, page) && fits(fault));
  const clock = strike(({ kind }) => kind === 'wrong-clock');
  const reply = { ...unharmed, clockOffsetMs: clock?.kind === 'wrong-clock' ? clock.offsetSeconds * 1000 : 0 };
  const { allowed, headers } = parts.budget.spend(called);
  if (!allowed) {
    const { status, body } = refuse(429, 'Too many requests');
    return { ...reply, answer: { status, body, headers: { ...headers, 'Retry-After': headers['RateLimit-Reset'] } } };
  }

  const fault = strike((one) => strikesCall(one, request.url));
  const instead = fault && answerInstead(fault, request.url, parts.now());
  // A refused call says of the budget only what the fault says.
  if (instead) return { ...reply, answer: instead, fault: fault.kind };
  if (fault?.kind === 'token-lost') parts.tokens.revoke(request.header('authorization'));

  const figures = fault?.kind === 'budget-figures' ? budgetFigures(fault) : headers;
  const { answer, fault: listFault } = answerHonestly(called, request, parts, strike);
  return {
    ...reply,
    answer: { ...answer, headers: { ...figures, ...answer.headers } },
    breakage: fault && isBreakage(fault) ? fault : undefined,
    fault: (fault ?? listFault ?? clock)?.kind,
  };
}

/** Whether the fault is meant for such calls. */
function isFor({ kind, on, page }: Fault, called: ApiFunction, asked: number | undefined): boolean {
  const strikes = on ?? (kind === 'key-revoked' || kind === 'wrong-clock' ? 'any' : 'list');
  return (strikes === 'any' || strikes === called) && (page === undefined || page === asked);
}

function functionOf({ method, url: { pathname } }: ApiRequest): ApiFunction | 'other' {
  if (method === 'POST' && pathname === '/api/v2/access/tokens') return 'token';
  if (method === 'POST' && pathname === '/api/v2/Alerts/search') return 'list';
  if (method === 'GET' && pathname === '/api/v2/Alerts') return 'list';
  if (method === 'GET' && /^\/api\/v2\/Alerts\/[^/]+$/.test(pathname)) return 'details';
  return 'other';
}

function answerHonestly(
  called: ApiFunction,
  request: ApiRequest,
  parts: ApiParts,
  strike: (fits: (fault: Fault) => boolean) => Fault | undefined,
): { readonly answer: Answer; readonly fault?: Fault | undefined } {
  try {
    if (called === 'token') {
      return { answer: jsonAnswer(201, parts.tokens.issue(request.header('x-lw-uaks'), request.body)) };
    }
    parts.tokens.check(request.header('authorization'));
    return called === 'list' ? listAlerts(request, parts, strike) : { answer: answerDetails(request, parts) };
  } catch (error) {
    if (error instanceof ApiError) return { answer: refuse(error.status, error.message) };
    throw error;
  }
}

function answerDetails(request: ApiRequest, { store, now }: ApiParts): Answer {
  const scope = request.url.searchParams.get('scope');
  if (scope === null) throw new ApiError(400, 'scope is missing');
  const id = decodeURIComponent(request.url.pathname.slice('/api/v2/Alerts/'.length));
  const alert = store.find(id, now(), readScope(request));
  if (!alert) throw new ApiError(404, `No alert has the id ${id}`);
  // The other scopes (Events, Timeline …) are of no use to the module.
  if (scope !== 'Details') return jsonAnswer(200, { data: [] });
  const details = /"entityMap"\s*:/.test(alert.text)
    ? alert.text
    : `${alert.text.trimEnd().slice(0, -1)},"entityMap":${alert.entityMap}}`;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: [Buffer.from(`{"data":${details}}`)] };
}

function refuse(status: number, message: string): Answer {
  return jsonAnswer(status, { message });
}
