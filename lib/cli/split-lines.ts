/** One line of a stream of bytes. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** The line without its end; undefined when it is longer than is read. */
  readonly bytes: Buffer | undefined;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Cuts a stream into its lines, as many at a time as each chunk of it completes; a line beyond `maxBytes` is read over. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line[]> {
  let number = 0;
  let begun: Buffer[] = [];
  let length = 0;
  function add(part: Buffer): void {
    length += part.length;
    if (length > maxBytes) begun = [];
    else begun.push(part);
  }
  function end(): Line {
    number += 1;
    const bytes =
      length > maxBytes ? undefined : withoutReturn(begun.length === 1 ? (begun[0] as Buffer) : Buffer.concat(begun));
    begun = [];
    length = 0;
    return { number, bytes };
  }
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: Line[] = [];
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, at));
      lines.push(end());
      start = at + 1;
    }
    if (start < bytes.length) add(bytes.subarray(start));
    yield lines;
  }
  if (length > 0) yield [end()];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
