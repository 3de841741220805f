import { expect, it } from '@jest/globals';
import { numbersOf } from './script.js';

const MODULE = new URL('../../dist/triggers/young-generation.js', import.meta.url).href;
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

it("V8's young generation stays small under load, where it would grow to sixteen megabytes and as many spare ones", async () => {
  expect(await sizeAfterLoad('')).toBeGreaterThan(16);
  const size = await sizeAfterLoad(`(await import('${MODULE}')).keepYoungGenerationSmall();`);
  expect(size).toBeGreaterThanOrEqual(8);
  expect(size).toBeLessThanOrEqual(16);
});
