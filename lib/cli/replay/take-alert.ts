import { z } from 'zod';
import { UsageError } from '../usage-error.js';
import { parseExactly } from './exact-json.js';

/** What is replayed. */
export interface Replayed {
  /** The alert's exact text. */
  readonly text: string;
  /** The event that the file holds beside it, when it holds one. */
  readonly event?: unknown;
}

const deadLetter = z.object({ kind: z.string(), reason: z.string(), text: z.string() });
const event = z.looseObject({ message: z.string() });
/** A file of the state or of the dead letters carries its checksum. */
const stored = z.object({ crc32: z.string(), value: z.unknown() });

/** The alert in a file: the file itself, the `message` of an event, or the text of a dead letter, which is one of the two. */
export function takeAlert(content: string, file: string): Replayed {
  const text = content.replace(/^\ufeff/, '').trim();
  const value = parse(text, file);
  const unwrapped = stored.safeParse(value);
  const letter = deadLetter.safeParse(unwrapped.success ? unwrapped.data.value : value);
  if (letter.success) return takeAlert(letter.data.text, file);
  const read = event.safeParse(value);
  if (read.success && isJson(read.data.message)) return { text: read.data.message, event: value };
  return { text };
}

function parse(text: string, file: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    throw new UsageError(`${file} is not JSON: it should hold one alert, event or dead letter.`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
