import type { SeenEntry } from './seen-table.js';

const BYTES = 16;

/** Delivered alerts as they are stored: 16 bytes each (key, fingerprint, hour; big-endian), in base64. */
export function encodeEntries(entries: readonly SeenEntry[]): string {
  const view = new DataView(new ArrayBuffer(entries.length * BYTES));
  let at = 0;
  for (const { high, low, fingerprint, hour } of entries) {
    view.setUint32(at, high);
    view.setUint32(at + 4, low);
    view.setUint32(at + 8, fingerprint);
    view.setUint32(at + 12, hour);
    at += BYTES;
  }
  return Buffer.from(view.buffer).toString('base64');
}

/** The same, read back; what is left of a cut entry is passed over. */
export function decodeEntries(text: string): SeenEntry[] {
  const bytes = Buffer.from(text, 'base64');
  const entries: SeenEntry[] = [];
  for (let at = 0; at + BYTES <= bytes.length; at += BYTES) {
    entries.push({
      high: bytes.readUInt32BE(at),
      low: bytes.readUInt32BE(at + 4),
      fingerprint: bytes.readUInt32BE(at + 8),
      hour: bytes.readUInt32BE(at + 12),
    });
  }
  return entries;
}
