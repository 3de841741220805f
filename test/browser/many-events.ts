import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { EventStore } from '../../lib/console/events/event-store.js';
import { believableAlert } from '../../lib/emulator/believable-alerts.js';
import { seededRandom } from '../../lib/emulator/seeded-random.js';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { openConsoleStage } from './console-stage.js';
import { openPage } from './open-browser.js';
import { eventRows, type Walk } from './walk.js';

const EVENTS = 200_000;
const BATCH = 1000;
const DAY = 86_400_000;
const SEARCHES = [
  '',
  'user.name:jane severity:High',
  'root account',
  '-severity:low type:Unauthorized',
  '203.0.113.18',
];

/** The Events page with as many events as it keeps: how long a search takes, and how it scrolls. Printed, not asserted. */
export async function searchManyEvents(browser: Browser, { step }: Walk): Promise<void> {
  const temporary = await temporaryDirectory();
  try {
    await step(`${EVENTS} events are searched and scrolled`, async () => {
      await fill(`${temporary.path}/events`);
      const startedAt = performance.now();
      const stage = await openConsoleStage({ directory: temporary.path });
      print('the console starts in', performance.now() - startedAt);
      const complaints: string[] = [];
      const page = await openPage(browser, {}, complaints);
      try {
        await page.goto(`${stage.url}/events?range=all`);
        await eventRows(page).first().waitFor();
        // Only those in sight are in the page.
        assert.ok((await eventRows(page).count()) < 60);
        for (const text of SEARCHES) {
          const before = performance.now();
          const { total, tookMs } = await page.evaluate(async (query) => {
            const answer = await fetch(`/api/events?q=${encodeURIComponent(query)}&limit=100`);
            return (await answer.json()) as { total: number; tookMs: number };
          }, text);
          print(
            `a search for “${text}” finds ${total} in`,
            performance.now() - before,
            `, of which ${tookMs.toFixed(0)} ms in the store`,
          );
        }
        const typedAt = performance.now();
        await page.getByLabel('Search events').fill('type:UsageOfRootAccount');
        await page.waitForFunction(
          () =>
            [...document.querySelectorAll('.table .virtual-row .of-type')].every(
              (cell) => cell.textContent === 'UsageOfRootAccount',
            ) && document.querySelectorAll('.table .virtual-row').length > 5,
        );
        print('from typing to the rows', performance.now() - typedAt);
        await page.getByLabel('Search events').fill('');
        await page.waitForTimeout(600);
        const frames = await page.evaluate(scroll);
        print(`scrolling through the table: ${frames.length} frames, the slowest`, Math.max(...frames));
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
      } finally {
        await page.context().close();
        await stage.close();
      }
    });
  } finally {
    await temporary.remove();
  }
}

/** Scrolls for a while, in the page; returns how long each frame took. */
async function scroll(): Promise<number[]> {
  const table = document.querySelector('.table-scroll');
  const frames: number[] = [];
  let last = performance.now();
  for (let turn = 0; turn < 90 && table; turn += 1) {
    table.scrollTop += turn % 30 === 29 ? 400_000 : 900;
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames;
}

async function fill(directory: string): Promise<void> {
  const store = new EventStore(directory, EVENTS);
  await store.load();
  const random = seededRandom(3);
  const now = Date.now();
  const startedAt = performance.now();
  let addingMs = 0;
  for (let id = 0; id < EVENTS; id += BATCH) {
    const events = Array.from({ length: BATCH }, (_, index) => {
      const at = now - 30 * DAY + ((id + index) / EVENTS) * 30 * DAY;
      const { text } = believableAlert(random, { id: id + index, startTime: at - random.integer(3_600_000) });
      return { id: `event-${id + index}`, at, intake: 'many', text: normalizeAlert(text).json };
    });
    const addedAt = performance.now();
    store.add(events);
    addingMs += performance.now() - addedAt;
  }
  store.close();
  print(
    `${EVENTS} events are made and stored in`,
    performance.now() - startedAt,
    `, of which storing ${Math.round(addingMs)} ms`,
  );
}

function print(what: string, ms: number, more = ''): void {
  console.log(`    ${what} ${Math.round(ms)} ms${more}`);
}
