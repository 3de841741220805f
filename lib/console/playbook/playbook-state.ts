import { deliveryMessages } from '../../delivery-messages.js';
import { messages } from '../../messages.js';
import type { LastPoll, PlaybookState, Trouble } from '../api.js';
import type { ProcessLine } from './process-line.js';

/** What is known of a trigger from the lines that its process has written. */
export interface TriggerState {
  readonly state: PlaybookState;
  readonly lastPoll: LastPoll | undefined;
  readonly trouble: Trouble | undefined;
}

const POLL_ENDS: readonly string[] = [messages.pollEnded.kind.code, messages.nothingNew.kind.code];
const WAITS: readonly string[] = [messages.waiting, messages.rateLimited, messages.budgetSpent].map(
  ({ kind }) => kind.code,
);
const RECOVERIES: readonly string[] = [messages.pollRecovered, deliveryMessages.intakeRecovered].map(
  ({ kind }) => kind.code,
);

/** The state after one more line. */
export function afterLine(before: TriggerState, { time, level, code, message }: ProcessLine): TriggerState {
  const at = Date.parse(time);
  if (level === 'critical') {
    return { ...before, state: { kind: 'failed', since: at, why: message }, trouble: undefined };
  }
  if (before.state.kind === 'failed' || before.state.kind === 'stopping') return before;
  const trouble = troubleAfter(before, { at, level, text: message }, code);
  if (POLL_ENDS.includes(code)) {
    return { state: { kind: 'polling', since: at }, lastPoll: pollOf(at, message), trouble };
  }
  const until = WAITS.includes(code) ? readTime(message) : undefined;
  if (until !== undefined) return { ...before, state: { kind: 'waiting', since: at, until }, trouble };
  return { ...before, state: running(before.state, at), trouble };
}

/** A line that comes when the time waited for is over says that the trigger works again. */
function running(state: PlaybookState, at: number): PlaybookState {
  if (state.kind === 'polling') return state;
  return state.kind === 'waiting' && at < state.until ? state : { kind: 'polling', since: at };
}

/** A poll that is complete, and a recovery, end what went wrong before. */
function troubleAfter({ trouble }: TriggerState, line: Trouble, code: string): Trouble | undefined {
  if (POLL_ENDS.includes(code) || RECOVERIES.includes(code)) return undefined;
  return line.level === 'warning' || line.level === 'error' ? line : trouble;
}

/** The numbers are in the text alone; a test holds these patterns against the messages. */
function pollOf(at: number, message: string): LastPoll {
  const figure = (pattern: RegExp) => Number(pattern.exec(message)?.[1] ?? 0);
  return {
    at,
    seen: figure(/(\d+) alerts? seen/),
    fresh: figure(/(\d+) new\b/),
    lag: /the newest began (.+?) ago/.exec(message)?.[1],
  };
}

function readTime(message: string): number | undefined {
  const [, day, clock] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC/.exec(message) ?? [];
  return day === undefined ? undefined : Date.parse(`${day}T${clock}Z`);
}
