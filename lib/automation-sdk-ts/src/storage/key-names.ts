/** What a value that was set aside as damaged is called: its name and this. */
export const DAMAGED = '.corrupt';

const VALUE = '.json';
const UNSAFE = /[^a-z0-9-]/gu;

/** Throws a TypeError for a key that no store could keep apart from all others: empty, reserved, or no valid Unicode. */
export function checkKey(key: string): void {
  if (key === '') throw new TypeError('A key must not be empty.');
  if (key.includes('\0')) throw new TypeError('A key must not hold NUL.');
  if (key.endsWith(DAMAGED)) throw new TypeError(`A key must not end in ${DAMAGED}: that is where damaged values go.`);
  // A lone surrogate becomes the same three bytes as every other.
  if (Buffer.from(key).toString() !== key) throw new TypeError('A key must be valid Unicode.');
}

/**
 * The relative path of a key's file, or the name of its object: `seen/2026-01` is `seen/2026-01.json`. All but lower-case
 * letters, digits, `-` and, in the last segment, `.` is written as `_` and two hexadecimal digits a byte, so that no
 * key leaves the directory, and keys that differ only by case stay apart on file systems that ignore case.
 */
export function fileNameOf(key: string): string {
  const segments = key.split('/');
  const last = segments.pop() ?? '';
  return [...segments.map(encodeFolder), encodeFile(last) + VALUE].join('/');
}

/** The folder that holds every key that begins with `prefix`, with its slash; empty for the root. */
export function folderOf(prefix: string): string {
  const folders = prefix.split('/').slice(0, -1);
  return folders.map((folder) => `${encodeFolder(folder)}/`).join('');
}

/** The key whose file has this relative path, or undefined when it is no value's file. */
export function keyOf(fileName: string): string | undefined {
  if (!fileName.endsWith(VALUE)) return undefined;
  const segments = fileName.slice(0, -VALUE.length).split('/');
  const key = segments.map(decode).join('/');
  return fileNameOf(key) === fileName ? key : undefined;
}

/** One segment of text as part of a path, safe as described for `fileNameOf`. */
export function encodeFolder(segment: string): string {
  // A folder can't have an empty name; and it holds no dot, so it is never taken for a value's file.
  return segment === '' ? '_' : segment.replace(UNSAFE, escapeCharacter);
}

function encodeFile(segment: string): string {
  return segment.replace(UNSAFE, (character) => (character === '.' ? '.' : escapeCharacter(character)));
}

function escapeCharacter(character: string): string {
  return Buffer.from(character).toString('hex').replace(/../g, '_$&');
}

function decode(segment: string): string {
  const percent = segment.replace(/_([0-9a-f]{2})/g, '%$1');
  try {
    return percent === '_' ? '' : decodeURIComponent(percent);
  } catch {
    return segment;
  }
}

/** The first of `name.corrupt`, `name.2.corrupt`, `name.3.corrupt` and so on that is not taken. */
export async function freeAsideName(name: string, isTaken: (name: string) => Promise<boolean>): Promise<string> {
  let aside = name + DAMAGED;
  for (let number = 2; await isTaken(aside); number += 1) aside = `${name}.${number}${DAMAGED}`;
  return aside;
}
