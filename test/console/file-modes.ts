import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What in the directory somebody else than its owner could read, as `PATH MODE`. */
export function readableByOthers(directory: string): string[] {
  return entriesOf(directory)
    .map((path) => `${path} ${(statSync(path).mode & 0o777).toString(8)}`)
    .filter((text) => !/ [67]00$/.test(text));
}

/** Every file and directory below. */
export function entriesOf(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.map(({ parentPath, name }) => join(parentPath, name));
}
