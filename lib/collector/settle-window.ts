import type { Window } from '../window.js';
import { collectWindow, type WindowCollecting } from './collect-window.js';
import { Delivery } from './delivery.js';
import type { Batching, Settling } from './settle-batch.js';

/** What settling a window needs. */
export interface WindowSettling extends Omit<WindowCollecting, 'delivery'>, Omit<Settling, 'waiting' | 'seen'> {
  readonly batching: Batching;
}

/**
 * Reads a window, and resolves when all of it is acknowledged or in the dead letters, with whether anything was found. What is
 * in flight is settled even when the reading fails: its alerts are taken, and would not be chosen again.
 */
export async function settleWindow(window: Window, settling: WindowSettling): Promise<boolean> {
  const delivery = new Delivery(settling, settling.batching);
  try {
    return await collectWindow(window, { ...settling, delivery });
  } finally {
    await delivery.settle();
  }
}
