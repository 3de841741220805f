import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the condition holds; rejects, naming `what`, when it does not within `withinMs` of real time. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 20_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}.`);
    await delay(20);
  }
}
