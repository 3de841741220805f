import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { addSamples, key, openConsoleStage } from './console-stage.js';
import { openPage } from './open-browser.js';
import { setUpPlaybook } from './set-up-playbook.js';
import { goTo, type Walk } from './walk.js';

/** What each page promises beyond the first journey. */
export async function walkThroughDetails(browser: Browser, { page, stage, step, complaints }: Walk): Promise<void> {
  const sidebar = page.getByRole('complementary', { name: 'Set up the trigger' });

  await step('a field that the manifest gets is in the form, and is asked for', async () => {
    await page.route('**/api/console', async (route) => {
      const answer = await route.fetch();
      const view = await answer.json();
      view.module.account.properties.region = { type: 'string', title: 'Region', enum: ['eu', 'us'] };
      view.module.account.required.push('region');
      await route.fulfill({ response: answer, json: view });
    });
    await page.goto(stage.url);
    await sidebar.getByRole('button', { name: 'Add new account' }).click();
    const region = sidebar.getByRole('combobox', { name: 'Region', exact: true });
    assert.deepEqual(await region.locator('option').allTextContents(), ['not set', 'eu', 'us']);
    await sidebar.getByRole('button', { name: 'Save account' }).click();
    assert.equal(await sidebar.locator('.field:has(select) .field-error').textContent(), 'Fill this in.');
    await page.unroute('**/api/console');
    await page.reload();
  });

  await step('a trigger that can not go on says why, and starts again when that is mended', async () => {
    const save = async (secret: string) => {
      await sidebar.getByRole('button', { name: 'Edit acme production' }).click();
      await sidebar.getByLabel('Secret').fill(secret);
      await sidebar.getByRole('button', { name: 'Save account' }).click();
      await sidebar.getByRole('button', { name: 'Save account' }).waitFor({ state: 'detached' });
    };
    await save('wrong');
    await sidebar.getByRole('button', { name: 'Restart playbook' }).click();
    await page.locator('.run-state').getByText('Failed').waitFor();
    await page.getByRole('region', { name: 'Trigger', exact: true }).getByText('refuses the API key').waitFor();
    await save(key.secret);
    await page.getByRole('banner').getByRole('button', { name: 'Start playbook' }).click();
    await page.locator('.run-state').getByText('Running').waitFor();
    await page.getByText('next poll in').waitFor();
  });

  await step('the log is filtered by level, and stops following where it is scrolled up', async () => {
    await goTo(page, 'Trigger logs');
    await page.getByRole('button', { name: 'info', exact: true }).click();
    await page.waitForFunction(() => {
      const words = [...document.querySelectorAll('.log-level')].map(({ textContent }) => textContent);
      return words.length > 0 && !words.includes('info') && words.includes('warning');
    });
    await page.getByRole('button', { name: 'info', exact: true }).click();
    await page.getByText('Nothing new: ').last().waitFor();
    await page.getByRole('log').hover();
    await page.mouse.wheel(0, -400);
    await page.getByRole('button', { name: /^\d+ new$/ }).click();
    await page.waitForFunction(() => {
      const log = document.querySelector('.log-scroll');
      return log && log.scrollHeight - log.scrollTop - log.clientHeight < 2;
    });
    assert.equal(await page.getByRole('button', { name: /new$|^Follow$/ }).count(), 0);
  });

  await step('times are local, and in UTC where that is wanted', async () => {
    const elsewhere = await openPage(browser, { timezoneId: 'Asia/Kolkata' }, complaints);
    await elsewhere.goto(`${stage.url}/logs?text=first start`);
    const time = elsewhere.locator('.log-time').first();
    await time.waitFor();
    const local = minutes(await time.textContent());
    const hover = await time.locator('time').getAttribute('title');
    await elsewhere.getByRole('button', { name: 'UTC' }).click();
    const utc = minutes(await time.textContent());
    assert.equal((local - utc + 1440) % 1440, 330);
    assert.equal(minutes(hover), utc);
    await elsewhere.context().close();
  });

  await step('older events that made room are said to be gone', async () => {
    const small = await openConsoleStage({ keepEvents: 4 });
    const another = await openPage(browser, {}, complaints);
    addSamples(small.emulator, Date.now());
    await another.goto(small.url);
    await setUpPlaybook(another, small);
    await another.goto(`${small.url}/events`);
    await another.getByText('The newest 4 events are kept; 3 older ones were dropped.').waitFor();
    await another.locator('.stats').getByText('4 events', { exact: true }).waitFor();
    await another.context().close();
    await small.close();
  });
}

/** The minute of the day that a text names. */
function minutes(text: string | null): number {
  const [, hour, minute] = /(\d\d):(\d\d):\d\d/.exec(text ?? '') ?? [];
  return Number(hour) * 60 + Number(minute);
}
