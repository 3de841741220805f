import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { changeFields } from '../../lib/emulator/change-fields.js';
import { sampleAlerts } from '../../lib/emulator/sample-alerts.js';
import { lookAt, lookAtWidth } from './look-at.js';
import { goTo, type Walk } from './walk.js';
import { assertNoJump } from './watch-shifts.js';

const TURNED = 'ends with \u202Egnp.exe';

/** What the page does at its limits: hidden, without a clipboard, with names without end, after a bad search. */
export async function walkThroughLimits({ page, stage, step }: Walk): Promise<void> {
  const add = (alertId: number, alertName: string) => {
    const startTime = new Date(Date.now() - 60_000).toISOString();
    const text = changeFields(sampleAlerts[1] as string, { startTime, endTime: startTime, alertName });
    stage.emulator.add(text.replace('"alertId": 205', `"alertId": ${alertId}`));
  };

  await step('a hidden page holds no connection, and is up to date when it is seen again', async () => {
    const hide = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    const opened = page.waitForEvent('websocket');
    await page.goto(`${stage.url}/events`);
    const ended = (await opened).waitForEvent('close');
    await page.locator('.virtual-row').first().waitFor();
    await hide(true);
    await ended;
    add(3101, 'While nobody looked');
    const begun = page.waitForEvent('websocket');
    await hide(false);
    await begun;
    await page.getByRole('cell', { name: 'While nobody looked' }).first().waitFor();
  });

  await step('a ninth window loads while eight are in sight, and all of them are told what happens', async () => {
    const pages: Page[] = [];
    for (let count = 1; count < 9; count += 1) {
      const another = await page.context().newPage();
      pages.push(another);
      await another.goto(`${stage.url}/events`);
      await another.locator('.virtual-row').first().waitFor();
    }
    add(3104, 'Seen in nine windows');
    for (const one of [page, ...pages]) await one.getByRole('cell', { name: 'Seen in nine windows' }).first().waitFor();
    for (const one of pages) await one.close();
  });

  await step('a name of 3,000 characters leaves the close button where it is', async () => {
    add(3102, 'x'.repeat(3000));
    const cell = page.getByRole('cell', { name: /^x{100}/ }).first();
    await cell.waitFor();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await cell.click();
      const panel = page.getByRole('dialog', { name: 'Event' });
      await panel.getByRole('heading', { name: 'Raw alert' }).waitFor();
      await lookAtWidth(page, `a long name at ${width}`);
      const box = await panel.getByRole('button', { name: 'Close' }).boundingBox();
      assert.ok(box && box.x + box.width <= width && box.y + box.height <= 52, `Close is at ${JSON.stringify(box)}`);
      await panel.getByRole('button', { name: 'Close' }).click();
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await step('a character that turns the order of a text is shown, not obeyed', async () => {
    add(3103, TURNED);
    await page.getByRole('cell', { name: 'ends with \\u202Egnp.exe' }).first().waitFor();
    assert.equal(await page.getByText(TURNED).count(), 0);
  });

  await step('without a clipboard the exact text stands selected in a field', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByRole('cell', { name: 'ends with' }).first().click();
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined }));
    await page.getByRole('button', { name: 'Copy exact text' }).click();
    const field = page.getByRole('dialog', { name: 'Copy', exact: true }).getByRole('textbox');
    const text = await field.inputValue();
    assert.ok(text.includes('"alertId": 3103'));
    assert.equal(await field.evaluate((element: HTMLTextAreaElement) => element.selectionEnd), text.length);
    await lookAt(page, 'the text to copy');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await page.getByRole('dialog', { name: 'Event' }).getByRole('button', { name: 'Close' }).click();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.reload();
  });

  await step("a search that can't be read exports nothing, and nothing seems to load or makes room", async () => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${stage.url}/events?q=nofield:x`);
      await page.getByRole('alert').getByText('There is no field nofield.').waitFor();
      await assertNoJump(page, `a first search that can't be read, at ${width}`);
      await page.getByLabel('Search events').fill('');
      await page.locator('.chart').waitFor();
      await page.getByLabel('Search events').fill('nofield:x');
      await page.getByRole('alert').getByText('There is no field nofield.').waitFor();
      await assertNoJump(page, `a search that can't be read any more, at ${width}`);
    }
    assert.equal(await page.getByRole('button', { name: /^Export/ }).isDisabled(), true);
    assert.equal(await page.locator('.skeleton').count(), 0);
    await page.getByLabel('Search events').fill('');
    await page.getByRole('link', { name: /^Export/ }).waitFor();
  });

  await step('a change while the playbook runs says when it takes effect, and the focus stays near', async () => {
    await goTo(page, 'Playbook');
    const sidebar = page.getByRole('complementary', { name: 'Set up the trigger' });
    const isFocused = (label: string) =>
      page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), label);
    await sidebar.getByRole('button', { name: 'Edit every minute' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'configuration-name');
    await page.keyboard.press('Escape');
    await isFocused('Create new configuration');
    await sidebar.getByRole('button', { name: 'Edit every minute' }).click();
    await sidebar.getByLabel('Frequency').fill('3');
    await sidebar.getByRole('button', { name: 'Save configuration' }).click();
    await isFocused('Create new configuration');
    await sidebar.getByRole('alert').getByText('takes effect at the next start').waitFor();
    await sidebar.getByRole('button', { name: 'Restart playbook' }).click();
    await sidebar.getByRole('button', { name: 'Restart playbook' }).waitFor({ state: 'detached' });
    await page.locator('.run-state').getByText('Running').waitFor();
  });
}
