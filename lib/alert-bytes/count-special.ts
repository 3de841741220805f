import { compiled, memory } from './instance.js';
import { writeUtf8 } from './native-text.js';

const START = compiled.escapedStart.value;
/** A UTF-16 code unit takes at most three bytes. */
const LONGEST = Math.floor(compiled.escapeBytes.value / 3);

/** How many quotes, backslashes and control characters are in the text; undefined when it is long, or no whole characters. */
export function countSpecial(text: string): number | undefined {
  if (text.length > LONGEST || !text.isWellFormed()) return undefined;
  return compiled.countSpecial(writeUtf8(memory, text, START));
}
