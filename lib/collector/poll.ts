import type { LaceworkClient } from '../lacework/client.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';
import type { Checkpoint } from './checkpoint.js';
import { collectWindow, type WindowCollecting } from './collect-window.js';
import { Delivery } from './delivery.js';
import { persist } from './persist.js';
import { planWindows, SWEEP_EVERY_MS } from './plan-window.js';
import { newTally, type PollTally } from './poll-tally.js';
import type { Batching, Settling } from './settle-batch.js';
import type { StartState } from './start-state.js';

/** What polls work with, the same for all of them. */
export interface Polling
  extends Omit<WindowCollecting, 'floor' | 'tally' | 'delivery'>,
    StartState,
    Omit<Settling, 'counts' | 'waiting' | 'seen'> {
  readonly client: LaceworkClient;
  readonly batching: Batching;
  readonly lookbackMs: number;
}

/** What one poll came to. */
export interface PollResult {
  readonly window: Window;
  readonly tally: PollTally;
  readonly isSweep: boolean;
}

/**
 * One poll: reads the windows that are due, oldest first, and settles each before the next. The checkpoint moves window by
 * window in a sweep; a poll between sweeps leaves it where it is. `intervalMs`: until the next poll, as planned now.
 */
export async function poll(intervalMs: number, polling: Polling): Promise<PollResult> {
  const { client, checkpoints, lookbackMs, monitor } = polling;
  await client.connect();
  const now = client.now();
  const checkpoint = checkpoints.current ?? (await persist(() => polling.begin(now), polling));
  const plan = planWindows({ now, checkpoint, lookbackMs, intervalMs });
  if (plan.gap !== undefined) monitor.report(messages.gap({ gap: plan.gap }));
  const tally = newTally();
  const beganAt = checkpoint.sweep?.beganAt ?? now;
  for (const window of plan.windows) {
    const before = { ...tally };
    // A window that the next sweep reads too may answer "nothing" unasked; older history is never read again.
    const isReadAgain = window.from >= beganAt - lookbackMs - 2 * SWEEP_EVERY_MS;
    await settleWindow(window, isReadAgain, checkpoint.floor, tally, polling);
    if (!plan.sweep || window === plan.windows.at(-1)) continue;
    monitor.report(
      messages.windowSettled({ window, seen: tally.seen - before.seen, forwarded: tally.forwarded - before.forwarded }),
    );
    await saveCheckpoint({ ...checkpoint, sweep: { beganAt, settledUntil: window.to } }, polling);
  }
  if (plan.sweep) await finishSweep(Math.max(checkpoint.floor, beganAt - lookbackMs), beganAt, polling);
  reportOddities(tally, polling);
  return {
    window: { from: plan.windows[0]?.from ?? now, to: now },
    tally,
    isSweep: plan.sweep,
  };
}

async function settleWindow(
  window: Window,
  isReadAgain: boolean,
  floor: number,
  tally: PollTally,
  polling: Polling,
): Promise<void> {
  const delivery = new Delivery({ ...polling, counts: tally }, polling.batching);
  try {
    await collectWindow(window, isReadAgain, { ...polling, floor, tally, delivery });
  } finally {
    // What is in flight is settled even when the reading failed: its alerts are taken, and would not be chosen again.
    await delivery.settle();
  }
}

/** Everything up to the sweep's beginning has been seen: what began before its lookback is forgotten, and never read again. */
async function finishSweep(floor: number, beganAt: number, polling: Polling): Promise<void> {
  await saveCheckpoint({ floor, sweptAt: beganAt }, polling);
  await persist(() => polling.seen.forgetBefore(floor), polling);
}

async function saveCheckpoint(checkpoint: Checkpoint, polling: Polling): Promise<void> {
  polling.lease.assertHeld();
  await persist(() => polling.checkpoints.save(checkpoint), polling);
}

function reportOddities({ oddities }: PollTally, { monitor }: Polling): void {
  for (const [what, count] of oddities) monitor.report(messages.odd({ what, count }));
}
