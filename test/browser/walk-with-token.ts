import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openConsoleStage } from './console-stage.js';
import { lookAt } from './look-at.js';
import { FROM_OUTSIDE, openPage } from './open-browser.js';
import { goTo, type Walk } from './walk.js';

const TOKEN = 'the-token-of-this-walk';

/**
 * A console that others can reach, seen from another machine: it wants a token, and the browser trusts a page that came over
 * plain http with less than one of its own machine.
 */
export async function walkWithToken(browser: Browser, { step, complaints }: Walk): Promise<void> {
  const stage = await openConsoleStage({ host: FROM_OUTSIDE, token: TOKEN });
  const page = await openPage(browser, {}, complaints);
  try {
    await step('with a wrong token the page asks for it, and asks the console nothing more', async () => {
      await page.goto(`${stage.url}/#token=wrong`);
      await page.getByRole('heading', { name: 'Enter the token' }).waitFor();
      assert.equal(new URL(page.url()).hash, '');
      assert.equal(await page.getByText('The connection to the console is lost.').count(), 0);
      await lookAt(page, 'the card for the token');
      let asked = 0;
      const count = () => {
        asked += 1;
      };
      page.on('request', count).on('websocket', count);
      // Longer than a stream waits before it comes back.
      await page.waitForTimeout(2500);
      assert.equal(asked, 0);
      await page.getByRole('textbox', { name: 'Token' }).fill('still wrong');
      await page.getByRole('button', { name: 'Open console' }).click();
      await page.getByRole('alert').getByText('The token is wrong.').waitFor();
    });

    await step('the right address, opened in the same tab, opens the console', async () => {
      await page.goto(`${stage.url}/#token=${TOKEN}`);
      await page.getByRole('heading', { level: 1, name: 'Playbook' }).waitFor();
      assert.equal(new URL(page.url()).hash, '');
      await page.context().clearCookies();
      await page.reload();
      await page.getByRole('textbox', { name: 'Token' }).fill(`${stage.url}/#token=${TOKEN}`);
      await page.getByRole('button', { name: 'Open console' }).click();
      await page.getByRole('heading', { level: 1, name: 'Playbook' }).waitFor();
    });

    await step('from another machine the page is live, and a key is copied by hand', async () => {
      assert.equal(await page.evaluate(() => window.isSecureContext), false);
      await goTo(page, 'Intakes');
      // Behind the page's back: it can know of it by the live stream alone.
      await page.evaluate(() => {
        const headers = { 'Content-Type': 'application/json' };
        return fetch('/api/intakes', { method: 'POST', headers, body: '{"name":"Made elsewhere"}' });
      });
      await page.getByRole('button', { name: 'Copy key of Made elsewhere' }).click();
      const field = page.getByRole('dialog', { name: 'Copy', exact: true }).getByRole('textbox');
      assert.match(await field.inputValue(), /^[\w-]{22}$/);
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });
    });
  } finally {
    await page.context().close();
    await stage.close();
  }
}
