import { jsonLines, leavesOf } from './json-lines.js';

/** What became of a field: its token before, undefined when there was none. */
export type Changes = ReadonlyMap<string, string | undefined>;

/** The fields whose value differs from the version before; none when either is not JSON. */
export function changedFields(text: string, before: string | undefined): Changes {
  const now = jsonLines(text);
  const then = before === undefined ? undefined : jsonLines(before);
  if (!now || !then) return new Map();
  const old = leavesOf(then);
  const changes = new Map<string, string | undefined>();
  for (const [path, token] of leavesOf(now)) if (old.get(path) !== token) changes.set(path, old.get(path));
  return changes;
}

/** The fields that the version before had and this one has not. */
export function lostFields(text: string, before: string | undefined): ReadonlyMap<string, string> {
  const now = jsonLines(text);
  const then = before === undefined ? undefined : jsonLines(before);
  if (!now || !then) return new Map();
  const present = leavesOf(now);
  return new Map([...leavesOf(then)].filter(([path]) => !present.has(path)));
}
