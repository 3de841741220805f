import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { LaceworkError } from '../errors.js';
import { alertPages, type PageReading } from '../lacework/alert-pages.js';
import { Reading } from '../lacework/reading.js';
import { messages } from '../messages.js';
import { readableWindow, type Window } from '../window.js';
import type { CallHistory } from './call-history.js';
import type { Delivery } from './delivery.js';
import { forwardPage, type PageForwarding } from './forward-page.js';
import { persist } from './persist.js';

/** What collecting a window needs. */
export interface WindowCollecting extends PageReading, PageForwarding {
  readonly delivery: Pick<Delivery, 'add' | 'settle'>;
  readonly callHistory: CallHistory;
}

const MOST_READINGS = 4;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Reads a window page by page, forwards what has not been delivered, and resolves when all of it is settled, with whether
 * anything was found. A reading that can't be the whole content is made again; two that agree are taken for it.
 */
export async function collectWindow(window: Window, collecting: WindowCollecting): Promise<boolean> {
  const rowsRead: number[] = [];
  for (let readings = 1; ; readings++) {
    const reading = new Reading();
    for await (const page of alertPages(window, reading, collecting)) {
      await forwardPage(page, collecting);
      await persist(() => collecting.callHistory.keep(), collecting);
    }
    const { doubt, rows, totalRows } = reading;
    collecting.tally.pages += reading.pages;
    if (doubt === undefined) break;
    if (doubt === 'nothing found' && rowsRead.length === 0) return false;
    if (rowsRead.includes(rows)) {
      collecting.monitor.report(messages.incompleteWindow({ window, rows, totalRows, why: doubt }));
      break;
    }
    if (readings === MOST_READINGS) throw changingContent(window, readings);
    rowsRead.push(rows);
    collecting.monitor.report(messages.windowReread({ window, rows, totalRows, why: doubt }));
    await deliberateWait(backoffMs(readings - 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), collecting);
  }
  await collecting.delivery.settle();
  return true;
}

function changingContent(window: Window, readings: number): LaceworkError {
  return new LaceworkError(
    'unreadable',
    `Lacework's pages for ${readableWindow(window)} held another number of alerts each of ${readings} times, and never as many as announced.`,
  );
}
