/** Methods of every Buffer that node's own `toString` and `write` end in, and that its types do not name. */
interface NativeText {
  latin1Slice(start: number, end: number): string;
  utf8Write(text: string, at: number): number;
}

// For texts that are read and written several times for each alert: node's own way to these methods looks an encoding up, which takes
// longer than a short text.

/** The text of the bytes from `start` to before `end`, one character each. */
export function readLatin1(bytes: Buffer, start: number, end: number): string {
  return (bytes as Buffer & NativeText).latin1Slice(start, end);
}

/** Writes the text at `at` as UTF-8; answers how many bytes. */
export function writeUtf8(target: Buffer, text: string, at: number): number {
  return (target as Buffer & NativeText).utf8Write(text, at);
}
