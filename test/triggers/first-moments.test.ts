import { expect, it } from '@jest/globals';
import { numbersOf } from './script.js';

const MODULE = new URL('../../dist/triggers/first-moments.js', import.meta.url).href;

/** Runs the body of a script, with functions that ask V8 how it goes; answers the numbers that it prints. */
function run(body: string): Promise<number[]> {
  const script = `
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const callOften = (sum) => { for (let call = 0; call < 250; call++) sum(call); };
    // Or the function could become a part of it.
    %NeverOptimizeFunction(callOften);
    // Called often enough to be optimized, in turns, between which what was optimized meanwhile is taken over.
    const isOptimized = async () => {
      const sum = new Function('x', 'let sum = x;' + 'sum += x % 7;'.repeat(8) + 'return sum;');
      for (let turn = 0; turn < 50; turn++) {
        callOften(sum);
        await wait(4);
      }
      return %GetOptimizationStatus(sum) & (1 << 6) ? 1 : 0;
    };
    ${body}
  `;
  return numbersOf(script, '--allow-natives-syntax');
}

it('V8 optimizes little in the first moments, and as ever after them', async () => {
  expect(await run('console.log(await isOptimized());')).toEqual([1]);
  const sparing = `(await import('${MODULE}')).spareFirstMoments();`;
  const body = `${sparing} console.log(await isOptimized()); await wait(1_600); console.log(await isOptimized());`;
  expect(await run(body)).toEqual([0, 1]);
});
