import type { Page } from 'playwright-core';
import { lookAt, lookAtWidth } from './look-at.js';
import type { Walk } from './walk.js';
import { assertNoJump } from './watch-shifts.js';

const PAGES = { Playbook: '/', Intakes: '/intakes', Events: '/events', 'Trigger logs': '/logs', Faults: '/faults' };

/** The first search and the first lines of the log are there by then. */
const SETTLED_MS = 500;

/** Every page in both themes and at both widths: readable for everybody, and no wider than the window. */
export async function showPages({ page, stage, step }: Walk): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await step(`every page is fine in the ${colorScheme} theme at ${width} pixels`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
        for (const [name, path] of Object.entries(PAGES)) {
          await open(page, stage.url + path, name);
          // The colours of the narrow page are those of the wide one.
          const look = colorScheme === 'dark' && width === 390 ? lookAtWidth : lookAt;
          await look(page, `${name}, ${colorScheme}, ${width}`);
          const shots = process.env['SCREENSHOTS'];
          if (shots) await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png` });
        }
      });
    }
  }
  await step('nothing jumps while a page loads', async () => {
    // New lines of the log and new events move what is there, as they should.
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.run-state').getByText('Stopped').waitFor();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      for (const [name, path] of Object.entries(PAGES)) {
        await open(page, stage.url + path, name);
        await page.waitForTimeout(SETTLED_MS);
        await assertNoJump(page, `${name} at ${width}`);
      }
    }
  });

  await step('the sheet of a narrow page holds the forms', async () => {
    await page.goto(stage.url);
    await page.getByRole('button', { name: 'Set up trigger' }).click();
    await page.getByRole('dialog').getByLabel('Using which account?').waitFor();
    await lookAt(page, 'the sheet');
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await step('the chosen theme is kept', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    if (ground !== 'rgb(16, 16, 19)') throw new Error(`The ground is ${ground}.`);
  });
}

/** Opens a page, and waits until what it is to show has arrived. */
async function open(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
