import type { SeenEntry } from './seen-table.js';

const BYTES = 16;

/** Delivered alerts as they are stored: 16 bytes each (key, fingerprint, hour; big-endian), in base64. */
export function encodeEntries(entries: readonly SeenEntry[]): string {
  const bytes = Buffer.allocUnsafe(entries.length * BYTES);
  for (const [index, { high, low, fingerprint, hour }] of entries.entries()) {
    const at = index * BYTES;
    bytes.writeUInt32BE(high, at);
    bytes.writeUInt32BE(low, at + 4);
    bytes.writeUInt32BE(fingerprint, at + 8);
    bytes.writeUInt32BE(hour, at + 12);
  }
  return bytes.toString('base64');
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
