import { crc32 } from 'node:zlib';

/** Said of a stored text that can't be trusted; caught where the value is set aside. */
export class DamagedTextError extends Error {}

const HEAD = '{"crc32":"';
const CHECKSUM = 8;
const MIDDLE = '","value":';
const START = HEAD.length + CHECKSUM + MIDDLE.length;

/** Writes a value as one JSON object that carries its own checksum: readable by a person, and a flipped bit is noticed. */
export function writeStoredText(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError('A stored value must survive JSON.');
  return `${HEAD}${checksum(json)}${MIDDLE}${json}}`;
}

/** Reads what `writeStoredText` wrote; throws DamagedTextError when a single byte is missing, added or changed. */
export function readStoredText(text: string): unknown {
  const json = text.slice(START, -1);
  if (text !== `${HEAD}${checksum(json)}${MIDDLE}${json}}`) {
    throw new DamagedTextError(`checksum of ${text.length} characters does not match`);
  }
  return JSON.parse(json);
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM, '0');
}
