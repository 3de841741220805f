import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of it together. */
const ENOUGH_BYTES = 8 * 1024 * 1024;
const LOOK_AGAIN_MS = 10_000;

/**
 * Keeps V8's young generation at four megabytes. Nearly all that is allocated for an alert is garbage a moment later, and so much
 * collects it for the least CPU that so little memory buys. Left to itself, V8 lets it grow to sixteen under load, and shrinks it to
 * one when nothing happens.
 */
export function keepYoungGenerationSmall(): void {
  // So small a one is collected sooner by one thread than it is shared out.
  setFlagsFromString('--no-parallel-scavenge');
  // It only grows when it is collected, and is looked at then, until it has grown: each look has its price.
  const collections = new PerformanceObserver(() => {
    if (!isLarge()) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    collections.disconnect();
  });
  const letGrow = () => {
    if (isLarge()) return;
    setFlagsFromString('--semi-space-growth-factor=2');
    collections.observe({ entryTypes: ['gc'] });
  };
  letGrow();
  setInterval(letGrow, LOOK_AGAIN_MS).unref();
}

function isLarge(): boolean {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return young === undefined || young.space_size >= ENOUGH_BYTES;
}
