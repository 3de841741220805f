import type { Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

/** The older module's state, `context.json` in the data path; platform-protocol, "The older module". */
const KEY = 'context';

const contextSchema = z.object({ latest_start_event_date_from_previous_run: z.string() });

/** How far the older module has come. */
export type OlderState =
  | { readonly kind: 'none' }
  /** The newest start of an alert that it has forwarded, in milliseconds since 1970. */
  | { readonly kind: 'found'; readonly newestStart: number }
  | { readonly kind: 'unreadable' };

/** Reads what the older module has left in the data path; nothing of it is changed. */
export async function readOlderState(files: Storage): Promise<OlderState> {
  const text = await files.foreignText(KEY);
  if (text === undefined) return { kind: 'none' };
  const context = contextSchema.safeParse(parseJson(text));
  const newestStart = Date.parse(context.data?.latest_start_event_date_from_previous_run ?? '');
  return Number.isNaN(newestStart) ? { kind: 'unreadable' } : { kind: 'found', newestStart };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
