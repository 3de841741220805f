import { expect, it } from '@jest/globals';
import { intakeChaos } from '../../lib/console/platform/intake-chaos.js';

function draw(seed: number, count: number) {
  const steps = intakeChaos(seed, 500);
  return Array.from({ length: count }, () => steps.next().value);
}

it('draws the same faults from the same seed, each for a while only', () => {
  expect(draw(1, 50)).toEqual(draw(1, 50));
  expect(draw(1, 50)).not.toEqual(draw(2, 50));
  for (const { waitMs, fault } of draw(3, 500)) {
    expect([1, 2, 3]).toContain(fault.times);
    expect(waitMs).toBeLessThan(1000);
  }
});

it('never draws a fault that stores what it does not acknowledge', () => {
  const drawn = new Set(draw(4, 1000).map(({ fault }) => fault.kind));
  for (const kind of ['late-answer', 'stores-then-resets', 'too-few-ids', 'slow-body'] as const) {
    expect(drawn).not.toContain(kind);
  }
});
