import { readdirSync, readFileSync } from 'node:fs';
import type { EventOptions, Profile } from '../../lib/normalizer/normalize-alert.js';

/** One alert of the corpus with the event that it must become, written from the rules and not from what the code does. */
export interface CorpusCase {
  readonly title: string;
  readonly message: string;
  readonly options?: EventOptions;
  /** The event without `message`; one for each profile where they differ. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly oddities: readonly string[];
  /** The exact digits of the alert's identifier, where JSON.parse would round them. */
  readonly id?: string;
}

const CORPUS = new URL('../fixtures/corpus/', import.meta.url);

/** Every file of the corpus by name, with its cases. */
export function readCorpus(): { theme: string; cases: CorpusCase[] }[] {
  return readdirSync(CORPUS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      theme: file.slice(0, -'.json'.length),
      cases: JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8')) as CorpusCase[],
    }));
}

/** The event that the case expects under the profile, with its message. */
export function expectedEvent(expected: CorpusCase, profile: Profile): Record<string, unknown> {
  return { message: expected.message, ...((expected.event[profile] ?? expected.event) as Record<string, unknown>) };
}
