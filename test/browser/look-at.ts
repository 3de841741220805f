import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface AxeWindow {
  readonly axe: {
    run(
      options: object,
    ): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
  };
}

/** Fails when the page has anything that axe calls serious, or is wider than the window. */
export async function lookAt(page: Page, what: string): Promise<void> {
  await lookAtWidth(page, what);
  // Not as a script of the page, which its Content-Security-Policy would refuse.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as AxeWindow).axe.run({ resultTypes: ['violations'] }),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const said = serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n  ${node.failureSummary}`));
  assert.deepEqual(said, [], `${what}: accessibility`);
}

/** Fails when the page is wider than the window. */
export async function lookAtWidth(page: Page, what: string): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `${what}: the page is ${beyond} px wider than the window`);
}
