import { mkdir } from 'node:fs/promises';
import { openConsoleStage } from './console-stage.js';
import { searchManyEvents } from './many-events.js';
import { openBrowser, openPage } from './open-browser.js';
import { showEvents } from './show-events.js';
import { showPages } from './show-pages.js';
import { type Walk, walk } from './walk.js';
import { walkByKeyboard } from './walk-by-keyboard.js';
import { walkThroughDetails } from './walk-through-details.js';
import { walkThroughFaults } from './walk-through-faults.js';
import { walkThroughLimits } from './walk-through-limits.js';
import { walkWithToken } from './walk-with-token.js';
import { watchShifts } from './watch-shifts.js';

const IMAGES = 'docs/images';

const browser = await openBrowser();
if (!browser) {
  console.log('There is no chromium at /usr/bin/chromium: the browser walk is skipped.');
  process.exit(process.env['CI'] === 'true' ? 1 : 0);
}

let passed = 0;
const complaints: string[] = [];
const stage = await openConsoleStage();
const day = await openConsoleStage();
const page = await openPage(browser, { colorScheme: 'light' }, complaints);
await watchShifts(page);
await mkdir(IMAGES, { recursive: true });
const parts: Walk = {
  page,
  stage,
  complaints,
  async step(name, work) {
    const startedAt = performance.now();
    try {
      await work();
      if (complaints.length > 0) throw new Error(`The page complains: ${complaints.splice(0).join('\n')}`);
    } catch (error) {
      await page.screenshot({ path: `${process.env['TMPDIR'] ?? '/tmp'}/browser-walk-failed.png` }).catch(() => {});
      throw new Error(`The browser walk failed at: ${name}`, { cause: error });
    }
    passed += 1;
    console.log(`  ✓ ${name} (${Math.round(performance.now() - startedAt)} ms)`);
  },
  async photograph(name, height = 800) {
    await page.mouse.move(2, 2);
    await page.evaluate(() => document.querySelector('.sidebar')?.scrollTo(0, 0));
    await page.setViewportSize({ width: 1280, height });
    await page.screenshot({ path: `${IMAGES}/${name}.png`, animations: 'disabled' });
    await page.setViewportSize({ width: 1280, height: 800 });
  },
};

try {
  await walk(parts);
  await walkThroughFaults(parts);
  await walkThroughLimits(parts);
  await walkThroughDetails(browser, parts);
  await walkWithToken(browser, parts);
  await walkByKeyboard(browser, parts);
  await showEvents({ ...parts, stage: day });
  await showPages({ ...parts, stage: day });
  await searchManyEvents(browser, parts);
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  console.error(error);
  console.log(`${passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await stage.close();
  await day.close();
}
