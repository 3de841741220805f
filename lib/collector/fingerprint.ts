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
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    // The kind and the length keep neighbours apart: "" is not absent, and "a","b" is not "ab","".
    hash = Math.imul(hash ^ (value === undefined ? 1 : typeof value === 'string' ? 2 : 3), FNV_PRIME);
    hash = Math.imul(hash ^ text.length, FNV_PRIME);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return hash >>> 0;
}
