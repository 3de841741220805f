import type { LaceworkClient } from '../lacework/client.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';
import type { Checkpoint } from './checkpoint.js';
import { readWindows } from './empty-windows.js';
import { persist } from './persist.js';
import { type Plan, type PlannedWindow, planWindows } from './plan-window.js';
import type { PollTally } from './poll-tally.js';
import { settleWindow, type WindowSettling } from './settle-window.js';
import { reportLost, type StartState } from './start-state.js';

/** What polls work with, the same for all of them. */
export interface Polling extends Omit<WindowSettling, 'floor' | 'tally' | 'counts'>, StartState {
  readonly client: LaceworkClient;
  readonly lookbackMs: number;
}

/** What one poll came to. */
export interface PollResult {
  readonly window: Window;
  /** `sweep`, the whole lookback; `history`, much more than that; `recent`, the last hours alone. */
  readonly kind: 'sweep' | 'history' | 'recent';
}

/**
 * One poll: reads the windows that are due, oldest first, and settles each before the next. The checkpoint moves window by
 * window in a sweep; a poll between sweeps leaves it where it is. `intervalMs`: until the next poll, as planned now.
 */
export async function poll(intervalMs: number, tally: PollTally, polling: Polling): Promise<PollResult> {
  const { client, checkpoints, lookbackMs } = polling;
  await client.connect();
  const now = client.now();
  const checkpoint = checkpoints.current ?? (await persist(() => polling.begin(client.earliestNow()), polling));
  const plan = planWindows({ now, earliestNow: client.earliestNow(), checkpoint, lookbackMs, intervalMs });
  await settlePlanned(plan, checkpoint, tally, polling);
  if (plan.sweep !== undefined) await finishSweep(plan.sweep.whenSettled, plan.windows.at(-1), polling);
  reportOddities(tally, polling);
  return {
    window: { from: plan.windows[0]?.from ?? now, to: now },
    kind: plan.sweep === undefined ? 'recent' : plan.sweep.isUsual ? 'sweep' : 'history',
  };
}

/** Settles the windows one by one; in a sweep each part of a longer history is on record as soon as it is complete. */
async function settlePlanned(plan: Plan, checkpoint: Checkpoint, tally: PollTally, polling: Polling): Promise<void> {
  const { windows, sweep, gap } = plan;
  let before = { ...tally };
  await readWindows(windows, {
    ...polling,
    read: (window) => settleWindow(window, { ...polling, floor: checkpoint.floor, tally, counts: tally }),
    isReadAgain: (window) => window.isReadAgain,
    settled: async (range, last) => {
      // Only when the API has answered for what it still has is it known what it has not, and said once.
      if (gap !== undefined && range.from === gap.to) polling.monitor.report(messages.gap({ gap }));
      if (sweep === undefined || last === windows.at(-1)) return;
      const seen = tally.seen - before.seen;
      const forwarded = tally.forwarded - before.forwarded;
      polling.monitor.report(messages.windowSettled({ window: range, seen, forwarded }));
      await saveCheckpoint({ ...checkpoint, sweep: { beganAt: sweep.beganAt, settledUntil: range.to } }, polling);
      await forget(last.forgetBefore, polling);
      before = { ...tally };
    },
  });
}

async function finishSweep(settled: Checkpoint, last: PlannedWindow | undefined, polling: Polling): Promise<void> {
  await saveCheckpoint(settled, polling);
  if (last !== undefined) await forget(last.forgetBefore, polling);
}

async function saveCheckpoint(checkpoint: Checkpoint, polling: Polling): Promise<void> {
  polling.lease.assertHeld();
  await persist(() => polling.checkpoints.save(checkpoint), polling);
}

async function forget(before: number, polling: Polling): Promise<void> {
  polling.lease.assertHeld();
  reportLost(await persist(() => polling.seen.forgetBefore(before), polling), polling.monitor);
}

function reportOddities({ oddities }: PollTally, { monitor }: Polling): void {
  for (const [what, count] of oddities) monitor.report(messages.odd({ what, count }));
}
