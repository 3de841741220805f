import { type Answer, bareAnswer, htmlAnswer, jsonAnswer } from './answer.js';
import type { Fault, Misbehaviour } from './faults.js';
import { isBreakage } from './send-answer.js';

/** The answer that the fault puts in place of the API's own, undefined when it leaves that one be. */
export function answerInstead(fault: Misbehaviour, url: URL): Answer | undefined {
  switch (fault.kind) {
    case 'status':
      return jsonAnswer(
        fault.status,
        { message: `The emulator answers ${fault.status}` },
        fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
      );
    case 'too-many-requests':
      return jsonAnswer(429, { message: 'Too many requests' }, hint(fault.says, fault.seconds ?? 30));
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
  return fault.kind === 'token-lost' || isBreakage(fault) || answerInstead(fault, url) !== undefined;
}

function hint(says: 'retry-after' | 'rate-limit-reset' | 'nothing', seconds: number): Record<string, string> {
  if (says === 'retry-after') return { 'Retry-After': String(seconds) };
  if (says === 'rate-limit-reset') {
    return { 'RateLimit-Limit': '480', 'RateLimit-Remaining': '0', 'RateLimit-Reset': String(seconds) };
  }
  return {};
}
