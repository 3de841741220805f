import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** A hundredth of what is called good: nobody sees it. */
const MOST = 0.001;

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

interface WatchedWindow {
  shifts: Shift[];
}

/** Has every page from now on write down what jumps in it, by the browser's own measure (Cumulative Layout Shift). */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    (window as unknown as WatchedWindow).shifts = shifts;
    const observer = new PerformanceObserver((list) => void shifts.push(...(list.getEntries() as Shift[])));
    observer.observe({ type: 'layout-shift', buffered: true });
  });
}

/** Fails when anything has jumped since the page was loaded, or since this was asked last. */
export async function assertNoJump(page: Page, what: string): Promise<void> {
  const { score, moved } = await page.evaluate(() => {
    const shifts = (window as unknown as WatchedWindow).shifts.splice(0);
    const nodes = shifts.flatMap(({ sources }) => sources.map(({ node }) => (node as Element | null)?.outerHTML));
    return {
      score: shifts.reduce((sum, { value }) => sum + value, 0),
      moved: nodes.map((html) => html?.slice(0, 120) ?? 'something that is gone'),
    };
  });
  assert.ok(score < MOST, `${what}: a layout shift of ${score.toFixed(4)} moved\n${moved.join('\n')}`);
}
