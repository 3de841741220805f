import { describe, expect, it } from '@jest/globals';
import type { Level, MessageMaker } from '@sekoia/automation-sdk-ts';
import { afterLine, type TriggerState } from '../../lib/console/playbook/playbook-state.js';
import { deliveryMessages } from '../../lib/delivery-messages.js';
import { messages } from '../../lib/messages.js';

const NOW = Date.UTC(2026, 0, 31, 9, 30);
const started: TriggerState = { state: { kind: 'starting', since: NOW }, lastPoll: undefined, trouble: undefined };

function line({ code, level, text }: { code: string; level: Level; text: string }, at = NOW) {
  return { time: new Date(at).toISOString(), level, code, message: text };
}

/** The state after these messages, a second apart. */
function stateAfter(...told: ReturnType<MessageMaker<never>>[]): TriggerState {
  return told.reduce((state, message, index) => afterLine(state, line(message, NOW + index * 1000)), started);
}

const poll = messages.pollEnded({
  window: { from: NOW, to: NOW },
  seen: 37,
  fresh: 4,
  changed: 1,
  filtered: 2,
  forwarded: 5,
  deadLetters: 0,
  withoutDetails: undefined,
  lagMs: 720_000,
  tookMs: 800,
  calls: 1,
});
const waiting = messages.waiting({ until: NOW + 60_000, ms: 60_000 });
const failing = deliveryMessages.intakeFailed({ reason: 'the intake answers 503', waiting: 4 });

describe("the playbook's state, read from what the trigger writes", () => {
  it('knows what the last poll came to', () => {
    const one = messages.nothingNew({ window: { from: NOW, to: NOW }, seen: 1, tookMs: 800, calls: 1 });
    expect(one.text).toContain('1 alert seen');
    expect(stateAfter(one).lastPoll?.seen).toBe(1);
    expect(stateAfter(poll)).toEqual({
      state: { kind: 'polling', since: NOW },
      lastPoll: { at: NOW, seen: 37, fresh: 4, lag: '12 min' },
      trouble: undefined,
    });
    const nothing = messages.nothingNew({ window: { from: NOW, to: NOW }, seen: 33, tookMs: 300, calls: 1 });
    expect(stateAfter(nothing).lastPoll).toEqual({ at: NOW, seen: 33, fresh: 0, lag: undefined });
  });

  it('knows until when it waits, whatever for', () => {
    const until = NOW + 60_000;
    expect(stateAfter(poll, waiting).state).toEqual({ kind: 'waiting', since: NOW + 1000, until });
    expect(stateAfter(messages.rateLimited({ until, asked: true })).state).toMatchObject({ kind: 'waiting', until });
    expect(stateAfter(messages.budgetSpent({ perHour: 480, until })).state).toMatchObject({ kind: 'waiting', until });
  });

  it('is polling again with the first line after the wait', () => {
    const state = afterLine(stateAfter(waiting), line(failing, NOW + 61_000));
    expect(state.state).toEqual({ kind: 'polling', since: NOW + 61_000 });
  });

  it('tells of trouble until it is over', () => {
    expect(stateAfter(poll, failing).trouble).toEqual({ at: NOW + 1000, level: 'warning', text: failing.text });
    expect(stateAfter(failing, deliveryMessages.intakeRecovered({ downMs: 1000 })).trouble).toBeUndefined();
    expect(stateAfter(failing, poll).trouble).toBeUndefined();
    expect(stateAfter(failing, messages.pollRecovered({ failures: 1, downMs: 1000 })).trouble).toBeUndefined();
  });

  it('has failed after a critical line, and stays so', () => {
    const critical = { code: 'x', level: 'critical' as const, text: 'Mend the key.' };
    const state = stateAfter(failing, critical, poll);
    expect(state.state).toEqual({ kind: 'failed', since: NOW + 1000, why: 'Mend the key.' });
  });
});
