/** A source of numbers that gives the same sequence for the same seed. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from 0 (included) to `below` (excluded). */
  integer(below: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
}

/** The generator mulberry32: small, quick, and good enough for data that only has to look alive. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    pick(items) {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('Nothing to pick from.');
      return item;
    },
  };
}

/** The position that `index` gets when `length` positions (up to 90 million) are shuffled by `seed`: it needs no memory. */
export function shuffledPosition(index: number, length: number, seed: number): number {
  let step = (Math.floor(length * 0.618) + (seed % 1000)) % length || 1;
  while (greatestCommonDivisor(step, length) !== 1) step += 1;
  return (index * step + seed) % length;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
