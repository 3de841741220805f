/** The longest start of `message` that takes at most `maxBytes` bytes of UTF-8 as a JSON string; it ends between characters. */
export function cutMessage(message: string, maxBytes: number): string {
  let bytes = '""'.length;
  let end = 0;
  while (end < message.length) {
    const character = message.codePointAt(end) as number;
    bytes += jsonBytes(character);
    if (bytes > maxBytes) break;
    end += character > 0xffff ? 2 : 1;
  }
  return message.slice(0, end);
}

/** Bytes that JSON.stringify writes for the code point, as UTF-8. */
function jsonBytes(character: number): number {
  if (character < 0x20) return character >= 8 && character <= 13 && character !== 11 ? 2 : 6;
  if (character < 0x80) return character === 0x22 || character === 0x5c ? 2 : 1;
  if (character < 0x800) return 2;
  if (character > 0xffff) return 4;
  // A surrogate without its other half is written as an escape.
  return character >= 0xd800 && character <= 0xdfff ? 6 : 3;
}
