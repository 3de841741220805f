import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { LaceworkError } from '../errors.js';
import { alertPages, type PageReading } from '../lacework/alert-pages.js';
import { Reading } from '../lacework/reading.js';
import { messages } from '../messages.js';
import { readableWindow, type Window } from '../window.js';
import type { Delivery } from './delivery.js';
import { forwardPage, type PageForwarding } from './forward-page.js';
import type { PlannedWindow } from './plan-window.js';

/** What collecting a window needs. */
export interface WindowCollecting extends PageReading, PageForwarding {
  readonly delivery: Pick<Delivery, 'add' | 'settle'>;
}

const MOST_READINGS = 4;
/** Weeks without an alert are nothing unusual: the second look at one need not wait long. */
const EMPTY_PAUSE_MS = 100;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Reads a window page by page, forwards what has not been delivered, and resolves when all of it is settled. A reading that
 * can't be the whole content is made again; two that agree are taken for it.
 */
export async function collectWindow(window: PlannedWindow, collecting: WindowCollecting): Promise<void> {
  const rowsRead: number[] = [];
  for (let readings = 1; ; readings++) {
    const reading = new Reading();
    for await (const page of alertPages(window, reading, collecting)) await forwardPage(page, collecting);
    const { doubt, rows, totalRows } = reading;
    collecting.tally.pages += reading.pages;
    if (doubt === undefined || (doubt === 'nothing found' && window.isReadAgain)) break;
    if (rowsRead.includes(rows)) {
      if (doubt !== 'nothing found') {
        collecting.monitor.report(messages.incompleteWindow({ window, rows, totalRows, why: doubt }));
      }
      break;
    }
    if (readings === MOST_READINGS) throw changingContent(window, readings);
    rowsRead.push(rows);
    if (doubt !== 'nothing found') {
      collecting.monitor.report(messages.windowReread({ window, rows, totalRows, why: doubt }));
    }
    const pauseMs =
      doubt === 'nothing found' ? EMPTY_PAUSE_MS : backoffMs(readings - 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    await deliberateWait(pauseMs, collecting);
  }
  await collecting.delivery.settle();
}

function changingContent(window: Window, readings: number): LaceworkError {
  return new LaceworkError(
    'unreadable',
    `Lacework's pages for ${readableWindow(window)} held another number of alerts each of ${readings} times, and never as many as announced.`,
  );
}
