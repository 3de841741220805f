import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of it together. */
const ENOUGH_BYTES = 8 * 1024 * 1024;

/**
 * Lets V8's young generation grow to four megabytes, where V8 itself would go on to sixteen; after `stop`, not at all: what lies there
 * when it is collected gets old, and a small one is collected often.
 */
export function boundYoungGeneration(): { stop(): void } {
  const collections = new PerformanceObserver(() => {
    if (isLarge()) stop();
  });
  const stop = () => {
    setFlagsFromString('--semi-space-growth-factor=1');
    collections.disconnect();
  };
  collections.observe({ entryTypes: ['gc'] });
  return { stop };
}

function isLarge(): boolean {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return young === undefined || young.space_size >= ENOUGH_BYTES;
}
