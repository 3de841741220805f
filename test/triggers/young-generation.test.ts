import { expect, it } from '@jest/globals';
import { numbersOf } from './script.js';

const MODULE = new URL('../../dist/triggers/first-moments.js', import.meta.url).href;
const SPARE = `(await import('${MODULE}')).spareFirstMoments();`;
/** What stays alive for a while makes V8 let the young generation grow, as far as it may. */
const LOAD = `
  import { getHeapSpaceStatistics } from 'node:v8';
  for (let turn = 0; turn < 60; turn++) {
    const kept = Array.from({ length: 20_000 }, (_, index) => ({ index, text: 'x' + index }));
    await new Promise((resolve) => setImmediate(resolve, kept));
  }
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  console.log(young.space_size / 2 ** 20);
`;

/** The size of both halves of the young generation after some load, in megabytes. */
async function sizeAfterLoad(before: string): Promise<number> {
  const [size = Number.NaN] = await numbersOf(`${before}${LOAD}`);
  return size;
}

it("V8's young generation grows to four megabytes in the first moments, not to sixteen, and not at all after them", async () => {
  expect(await sizeAfterLoad('')).toBeGreaterThan(16);
  const first = await sizeAfterLoad(SPARE);
  expect(first).toBeGreaterThanOrEqual(8);
  expect(first).toBeLessThanOrEqual(16);
  const wait = 'await new Promise((resolve) => setTimeout(resolve, 1_600));';
  expect(await sizeAfterLoad(SPARE + wait)).toBeLessThanOrEqual(4);
});
