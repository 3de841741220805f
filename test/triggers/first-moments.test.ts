import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const MODULE = new URL('../../dist/triggers/first-moments.js', import.meta.url).href;

/** Runs the body of a script, with functions that ask V8 how it goes; answers the numbers that it prints. */
async function run(body: string): Promise<number[]> {
  const script = `
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    // Called often enough for V8 to optimize it; the calls that follow find what was optimized meanwhile.
    const isOptimized = async () => {
      const sum = new Function('x', 'let sum = x;' + 'sum += x % 7;'.repeat(8) + 'return sum;');
      for (let call = 0; call < 15_000; call++) sum(call);
      for (let turn = 0; turn < 50; turn++) {
        await wait(4);
        sum(turn);
      }
      return %GetOptimizationStatus(sum) & (1 << 6) ? 1 : 0;
    };
    ${body}
  `;
  const args = ['--allow-natives-syntax', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim().split(/\s+/).map(Number);
}

it('V8 optimizes little in the first moments, and as ever after them', async () => {
  expect(await run('console.log(await isOptimized());')).toEqual([1]);
  const sparing = `(await import('${MODULE}')).spareFirstMoments();`;
  const body = `${sparing} console.log(await isOptimized()); await wait(1_600); console.log(await isOptimized());`;
  expect(await run(body)).toEqual([0, 1]);
});
