import { isUtf8 } from 'node:buffer';
import { elementText } from '../lacework/element-text.js';
import { buildEvent } from '../normalizer/build-event.js';
import { writeEvent } from '../normalizer/event-json.js';
import type { Profile } from '../normalizer/profiles.js';
import { readAlert } from '../normalizer/read-alert.js';
import { type Line, splitLines } from './split-lines.js';

/** A line longer than this is no alert, and would have to be held in memory whole. */
const MAX_LINE_MIB = 64;

/** Only what JSON takes for white space: a line of other characters that nobody sees is no empty one. */
const EMPTY_LINE = /^[ \t\r]*$/;

/** How lines are normalized, and who hears of what was wrong with them. */
export interface NormalizeLinesOptions {
  readonly profile: Profile;
  /** Takes a sentence about a line that is left out. */
  readonly onBadLine: (sentence: string) => void;
  /** Takes what was odd about an alert that is converted all the same. */
  readonly onOddity: (oddity: string) => void;
}

/** Turns alerts, one a line, into events, one a line, in order; several lines at a time. */
export async function* normalizeLines(
  input: AsyncIterable<Uint8Array>,
  options: NormalizeLinesOptions,
): AsyncGenerator<string> {
  for await (const lines of splitLines(input, MAX_LINE_MIB * 2 ** 20)) {
    let events = '';
    for (const line of lines) events += normalizeLine(line, options);
    if (events !== '') yield events;
  }
}

function normalizeLine({ number, bytes }: Line, { profile, onBadLine, onOddity }: NormalizeLinesOptions): string {
  if (bytes === undefined) {
    onBadLine(`Line ${number} is longer than ${MAX_LINE_MIB} MiB.`);
    return '';
  }
  const text = withoutByteOrderMark(elementText(bytes, 0, bytes.length), number);
  if (EMPTY_LINE.test(text)) return '';
  const alert = readAlert(text);
  if (!alert.isJson) {
    onBadLine(`Line ${number} is not JSON.`);
    return '';
  }
  const { fields, oddities } = buildEvent(alert, { profile });
  for (const oddity of oddities) onOddity(oddity);
  if (!isUtf8(bytes)) onOddity('some bytes are not UTF-8, and U+FFFD stands in their place');
  return `${writeEvent(text, fields)}\n`;
}

function withoutByteOrderMark(text: string, line: number): string {
  return line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
}
