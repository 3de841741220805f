import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** An address of no machine (RFC 5737), which the browser takes to this one: its pages are to it those of another machine. */
export const FROM_OUTSIDE = '192.0.2.7';

/**
 * What the browser writes down although nothing is wrong: answers that refuse, which are checked where they are expected, and
 * a header that is only for pages of this machine or over https.
 */
const EXPECTED = /status of 4\d\d|HTTP Authentication failed|Cross-Origin-Opener-Policy header has been ignored/;

/** Starts Debian's chromium; undefined where there is none. */
export async function openBrowser(): Promise<Browser | undefined> {
  const isThere = await access(CHROMIUM).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  return await chromium.launch({
    executablePath: CHROMIUM,
    env: { ...process.env, FONTCONFIG_FILE: resolve('test/browser/fonts.conf') },
    args: [
      `--host-resolver-rules=MAP ${FROM_OUTSIDE} 127.0.0.1`,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that reports what goes wrong in it: errors, and what the Content-Security-Policy has refused. */
export async function openPage(browser: Browser, options: BrowserContextOptions, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => void dialog.accept());
  return page;
}
