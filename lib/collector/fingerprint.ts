/** The values whose change makes an alert worth forwarding again, in a fixed order. */
export interface Changing {
  readonly status: unknown;
  readonly severity: unknown;
  readonly endTime: unknown;
  readonly alertName: unknown;
  readonly subject: unknown;
  readonly description: unknown;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** 32 bits of what can change in an alert (FNV-1a over UTF-16 code units): equal values, equal fingerprint. */
export function fingerprint(alert: Changing): number {
  let hash = FNV_OFFSET;
  for (const value of [
    alert.status,
    alert.severity,
    alert.endTime,
    alert.alertName,
    alert.subject,
    alert.description,
  ]) {
    const text = typeof value === 'string' ? value : textOf(value);
    // The kind and the length keep neighbours apart: "" is not absent, and "a","b" is not "ab","".
    hash = Math.imul(hash ^ (value === undefined ? 1 : typeof value === 'string' ? 2 : 3), FNV_PRIME);
    hash = Math.imul(hash ^ text.length, FNV_PRIME);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return hash >>> 0;
}

/** A text for a value that is none. Written without recursion: a value nested some thousand deep would exhaust the stack. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const parts: unknown[] = [];
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) {
      parts.push(one);
      continue;
    }
    const members = Object.entries(one);
    // Its kind and its size, so that no two values are written alike.
    parts.push([Array.isArray(one), members.length]);
    for (const [name, member] of members) left.push(member, name);
  }
  return JSON.stringify(parts);
}
