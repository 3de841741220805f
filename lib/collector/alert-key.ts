import { createHash } from 'node:crypto';

/** An alert's identity in 64 bits: its id where that is a number up to 2^53, otherwise a hash with the top bit set. */
export interface AlertKey {
  readonly high: number;
  readonly low: number;
}

const TWO_32 = 2 ** 32;
/** The top bit of a key. */
const HASHED = 0x8000_0000;

/** The key of an alert by its id's digits; without an id it is known by its own text. */
export function alertKey(id: string | undefined, text: string): AlertKey {
  if (id === undefined) return hashed(`text ${text}`);
  const number = Number(id);
  if (Number.isSafeInteger(number) && number >= 0) return { high: Math.floor(number / TWO_32), low: number >>> 0 };
  return hashed(`id ${id}`);
}

/** The id of which it is the key; undefined for a hash. */
export function idOfKey({ high, low }: AlertKey): string | undefined {
  return high < HASHED ? String(high * TWO_32 + low) : undefined;
}

function hashed(text: string): AlertKey {
  const digest = createHash('sha256').update(text).digest();
  return { high: (digest.readUInt32BE(0) | HASHED) >>> 0, low: digest.readUInt32BE(4) };
}
