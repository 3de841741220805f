import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { believableAlert } from '../../lib/emulator/believable-alerts.js';
import { type Random, seededRandom } from '../../lib/emulator/seeded-random.js';
import { addSamples, type ConsoleStage } from './console-stage.js';
import { setUpPlaybook } from './set-up-playbook.js';
import { eventRows, goTo, type Walk } from './walk.js';

const HOUR = 3_600_000;
const ALERTS = 160;

/** A day of believable alerts on a console of its own, for the pictures and for searching. */
export async function showEvents({ page, stage, step, photograph }: Walk): Promise<void> {
  const random = seededRandom(11);
  let id = 5000;
  const add = (count: number, withinMs: number) => {
    for (let added = 0; added < count; added += 1) addOne(stage, random, ++id, withinMs);
  };
  addSamples(stage.emulator, Date.now());
  add(ALERTS, 22 * HOUR);

  await step('a day of alerts is collected', async () => {
    await page.goto(stage.url);
    await setUpPlaybook(page, stage);
    await goTo(page, 'Events');
    await shown(page, ALERTS + 7);
  });

  await step('new events show themselves', async () => {
    let total = ALERTS + 7;
    for (const count of [4, 2, 7, 1, 3]) {
      add(count, HOUR);
      total += count;
      await shown(page, total);
    }
  });

  await step('a search narrows the table, the chips and the chart', async () => {
    const all = await total(page);
    await page.getByRole('button', { name: /^critical/ }).click();
    await page.waitForFunction(
      (before) => Number(/\d+/.exec(document.querySelector('.stats')?.textContent ?? '')?.[0]) < before,
      all,
    );
    const words = await page.locator('.virtual-row .severity').allInnerTexts();
    assert.deepEqual([...new Set(words)], ['Critical']);
    await page.getByRole('button', { name: /^critical/ }).click();
    await page.getByLabel('Search events').fill('nofield:x');
    await page.getByRole('alert').getByText('There is no field nofield.').waitFor();
    await page.getByLabel('Search events').fill('user:jane -severity:high nothing-like-this');
    await page.getByText('No event fits.').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await eventRows(page).first().waitFor();
  });

  await step('the chart counts what was found, and a bar of it narrows the time', async () => {
    await page.getByRole('figure', { name: `${await total(page)} events over time` }).waitFor();
    await page.locator('rect.bar').first().hover();
    const [, count] =
      /: (\d+) events?$/.exec((await page.locator('.chart figcaption span').nth(1).textContent()) ?? '') ?? [];
    const box = await page.locator('rect.bar').first().boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    const narrowed = page.locator('.stats').getByText(new RegExp(`^${count} events?$`));
    await narrowed.waitFor();
    assert.match((await page.getByLabel('Time range').locator('option:checked').textContent()) ?? '', /^From \d\d/);
    await page.getByLabel('Time range').selectOption('24h');
    // The rows of the narrow search stay until the wide one has answered.
    await narrowed.waitFor({ state: 'detached' });
    await eventRows(page).first().waitFor();
  });

  await step('rows are reached and opened with the keyboard', async () => {
    await eventRows(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '4');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Event' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '4');
  });

  await step('the export holds every event found, one a line', async () => {
    const href = (await page.getByRole('link', { name: /^Export/ }).getAttribute('href')) ?? '';
    const lines = await page.evaluate(
      (path) => fetch(path).then(async (answer) => (await answer.text()).trimEnd().split('\n')),
      href,
    );
    assert.equal(lines.length, await total(page));
    for (const line of lines) assert.equal(JSON.parse(line).event.kind, 'alert');
  });

  await step('pictures are taken', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await photograph('console-events');
    await page.getByLabel('Search events').fill('type:UnauthorizedAPICall');
    await page.waitForTimeout(500);
    await eventRows(page).first().click();
    await page.getByRole('heading', { name: 'Normalized' }).waitFor();
    await photograph('console-event');
    await page.keyboard.press('Escape');
    await goTo(page, 'Playbook');
    add(4, HOUR);
    await page.locator('.poll-line').getByText('4 new').waitFor();
    await photograph('console-playbook', 680);
    await page.emulateMedia({ colorScheme: 'dark' });
    await photograph('console-playbook-dark', 680);
    await goTo(page, 'Trigger logs');
    await page.locator('.log-entry').first().waitFor();
    await photograph('console-logs-dark', 680);
    await page.emulateMedia({ colorScheme: 'light' });
    await photograph('console-logs', 680);
  });
}

function addOne({ emulator }: ConsoleStage, random: Random, id: number, withinMs: number): void {
  const startTime = Date.now() - 600_000 - random.integer(withinMs);
  const { text, entityMap } = believableAlert(random, { id, startTime });
  emulator.add(text, { entityMap });
}

async function total(page: Page): Promise<number> {
  return Number(/\d+/.exec((await page.locator('.stats').textContent()) ?? '')?.[0]);
}

async function shown(page: Page, count: number): Promise<void> {
  await page.locator('.stats').getByText(`${count} events`, { exact: true }).waitFor();
}
