import { type Answer, bareAnswer, htmlAnswer, jsonAnswer } from './answer.js';
import type { Fault, Misbehaviour } from './faults.js';
import { isBreakage } from './send-answer.js';

type TooMany = Extract<Misbehaviour, { kind: 'too-many-requests' }>;
type BudgetFigures = Omit<Extract<Misbehaviour, { kind: 'budget-figures' }>, 'kind'>;

/** The answer that the fault puts in place of the API's own, undefined when it leaves that one be. */
export function answerInstead(fault: Misbehaviour, url: URL, now: number): Answer | undefined {
  switch (fault.kind) {
    case 'status':
      return jsonAnswer(
        fault.status,
        { message: `The emulator answers ${fault.status}` },
        fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
      );
    case 'too-many-requests':
      return jsonAnswer(429, { message: 'Too many requests' }, hint(fault.says, fault.seconds ?? 30, now));
    case 'key-revoked':
      return jsonAnswer(401, { message: 'Unauthorized: the access key is revoked' });
    case 'no-content':
      return bareAnswer(204);
    case 'empty-object':
      return jsonAnswer(200, {});
    case 'html-page':
      return htmlAnswer();
    case 'redirect-other-origin':
      return bareAnswer(307, { Location: (fault.origin ?? 'http://foreign.invalid') + url.pathname + url.search });
    case 'redirect-same-origin': {
      const location = new URL(url);
      location.searchParams.set('redirected', 'true');
      return bareAnswer(307, { Location: location.href });
    }
    default:
      return undefined;
  }
}

/** Whether the fault strikes a call before the API has looked at it. */
export function strikesCall(fault: Fault, url: URL): boolean {
  if (fault.kind === 'redirect-same-origin') return !url.searchParams.has('redirected');
  if (fault.kind === 'token-lost' || fault.kind === 'budget-figures' || isBreakage(fault)) return true;
  return answerInstead(fault, url, 0) !== undefined;
}

/** The RateLimit headers that the fault puts in place of the API's own. */
export function budgetFigures({ limit, remaining, reset }: BudgetFigures): Record<string, string> {
  return {
    ...(limit === undefined ? {} : { 'RateLimit-Limit': limit }),
    ...(remaining === undefined ? {} : { 'RateLimit-Remaining': remaining }),
    ...(reset === undefined ? {} : { 'RateLimit-Reset': reset }),
  };
}

function hint(says: TooMany['says'], seconds: number, now: number): Record<string, string> {
  switch (says) {
    case 'retry-after':
      return { 'Retry-After': String(seconds) };
    case 'retry-after-date':
      return { 'Retry-After': new Date(now + seconds * 1000).toUTCString() };
    case 'rate-limit-reset':
      return budgetFigures({ limit: '480', remaining: '0', reset: String(seconds) });
    case 'nothing':
      return {};
  }
}
