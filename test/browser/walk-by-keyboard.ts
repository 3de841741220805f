import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { addSamples, CALLS_PER_HOUR, key, openConsoleStage } from './console-stage.js';
import { lookAt } from './look-at.js';
import { openPage } from './open-browser.js';
import { goTo, type Walk } from './walk.js';

/** The three steps of a first visit, each done in its place and without a mouse: where the focus goes, and what has a name. */
export async function walkByKeyboard(browser: Browser, { step, complaints }: Walk): Promise<void> {
  const stage = await openConsoleStage();
  const page = await openPage(browser, {}, complaints);
  const first = page.getByRole('region', { name: 'First steps' });
  const press = (...keys: string[]) =>
    keys.reduce((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve());
  addSamples(stage.emulator, Date.now());
  try {
    await step('each of the first steps is done in its place, and the focus goes on to the next', async () => {
      await page.goto(stage.url);
      await first.getByLabel('Intake name').focus();
      await page.keyboard.type('Lacework alerts');
      await press('Enter');
      await focused(page, 'Add an account');
      // The name comes next, then what fills in the account of the demo.
      await press('Tab', 'Tab');
      await page.keyboard.press('Enter');
      assert.equal(await first.getByLabel('Key ID').inputValue(), key.keyId);
      await first.getByLabel('Secret').focus();
      await page.keyboard.type(key.secret);
      await press('Enter');
      await focused(page, 'Start the playbook');
      assert.deepEqual(await page.locator('[data-step="done"] h3').allTextContents(), [
        'Create an intake (done)',
        'Add an account (done)',
      ]);
      await lookAt(page, 'the third step');
    });

    await step('a checkbox is pressed by its own name, and says what it is for', async () => {
      await first.getByText('Advanced').click();
      const box = first.getByRole('checkbox', { name: 'Forward updates', exact: true });
      const described = await box.getAttribute('aria-describedby');
      const texts = await Promise.all(
        (described ?? '').split(' ').map((id) => page.evaluate((one) => document.getElementById(one)?.textContent, id)),
      );
      assert.ok(
        texts.some((text) => text !== undefined && text !== ''),
        `Forward updates is described by ${described}`,
      );
      const before = await box.isChecked();
      await first.getByText('Forward updates', { exact: true }).click();
      assert.equal(await box.isChecked(), !before);
      await box.focus();
      await press('Space');
      assert.equal(await box.isChecked(), before);
    });

    await step('when the last step is done the focus stays, and the steps stay when the events arrive', async () => {
      await first.getByLabel('API calls per hour').fill(String(CALLS_PER_HOUR));
      await first.getByRole('button', { name: 'Use the key of Lacework alerts' }).press('Enter');
      await page.waitForFunction(() => {
        const field = document.querySelector<HTMLInputElement>('#first-configuration_intake_key');
        return field?.value !== '';
      });
      await first.getByRole('button', { name: 'Save and start' }).press('Enter');
      await focused(page, 'Start the playbook');
      const trigger = page.getByRole('region', { name: 'Trigger', exact: true });
      const place = await trigger.boundingBox();
      await first.getByText('7 events have arrived.').waitFor();
      await focused(page, 'Start the playbook');
      assert.equal((await trigger.boundingBox())?.y, place?.y);
      await first.getByRole('link', { name: 'See the events' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('.table .virtual-row').length === 7);
    });

    await step('on a narrow page Escape closes the form in the sheet, and then the sheet', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await goTo(page, 'Playbook');
      assert.equal(await first.count(), 0);
      await page.getByRole('button', { name: 'Set up trigger' }).press('Enter');
      const sheet = page.getByRole('dialog', { name: 'Set up the trigger' });
      await sheet.getByRole('button', { name: 'Create new configuration' }).press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'configuration-name');
      await press('Escape');
      await sheet.getByRole('button', { name: 'Save configuration' }).waitFor({ state: 'detached' });
      await focused(page, 'Create new configuration');
      await press('Escape');
      await sheet.waitFor({ state: 'detached' });
      await focused(page, 'Set up trigger');
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await step('the focus stays near what was deleted', async () => {
      await page.getByRole('button', { name: 'Stop playbook' }).press('Enter');
      await page.locator('.run-state').getByText('Stopped').waitFor();
      await page.getByRole('button', { name: /^Delete Every/ }).press('Enter');
      await focused(page, 'Create new configuration');
      await page.getByRole('button', { name: /^Delete / }).press('Enter');
      await focused(page, 'Add new account');
      await goTo(page, 'Intakes');
      await page.getByRole('button', { name: 'Delete Lacework alerts' }).press('Enter');
      await page.getByText('No intake yet.').waitFor();
      await focused(page, 'Intakes');
    });
  } finally {
    await page.context().close();
    await stage.close();
  }
}

/** Waits until what has the focus says the text. */
async function focused(page: Page, text: string): Promise<void> {
  await page
    .waitForFunction(
      (wanted) => document.activeElement !== document.body && document.activeElement?.textContent?.includes(wanted),
      text,
    )
    .catch(async (cause: unknown) => {
      const html = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
      throw new Error(`The focus is not on “${text}”, but on ${html}`, { cause });
    });
}
