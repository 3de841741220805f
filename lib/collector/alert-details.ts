import { LaceworkError } from '../errors.js';
import type { AlertPage } from '../lacework/alert-pages.js';
import type { LaceworkClient } from '../lacework/client.js';
import { elementText } from '../lacework/element-text.js';
import { asObject } from '../normalizer/oddities.js';
import { readAlert } from '../normalizer/read-alert.js';
import { severityRank } from './alert-filter.js';
import { entryOf, type Forwarding, isInScope } from './forwarding.js';

interface Candidate {
  /** The alert's place in the page's offsets. */
  readonly at: number;
  readonly id: string;
  readonly rank: number;
  readonly startMs: number;
}

/** After so many failures in a row the rest of the page goes out without details. */
const MOST_FAILURES = 3;

/** Fetches the details of new alerts as far as the budget allows; what fails or is not allowed is only counted. */
export class AlertDetails {
  readonly #client: LaceworkClient;
  /** How many calls for details may be made now; asked once a page. */
  readonly #allowance: () => number;

  constructor(client: LaceworkClient, allowance: () => number) {
    this.#client = client;
    this.#allowance = allowance;
  }

  /** The entity maps of a page's new alerts, by their place in the page's offsets: the most severe first, then the newest. */
  async fetchFor(page: AlertPage, forwarding: Forwarding): Promise<ReadonlyMap<number, unknown>> {
    const candidates = findCandidates(page, forwarding);
    const maps = new Map<number, unknown>();
    if (candidates.length === 0) return maps;
    candidates.sort((a, b) => b.rank - a.rank || b.startMs - a.startMs);
    let failures = 0;
    for (const { at, id } of candidates.slice(0, this.#allowance())) {
      if (failures >= MOST_FAILURES) break;
      const details = await this.#fetch(id);
      failures = details === undefined ? failures + 1 : 0;
      if (details !== undefined) maps.set(at, details['entityMap']);
    }
    forwarding.tally.withoutDetails += candidates.length - maps.size;
    return maps;
  }

  async #fetch(id: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      const answer: unknown = JSON.parse((await this.#client.alertDetails(id)).toString('utf8'));
      return asObject(asObject(answer)?.['data']);
    } catch (error) {
      // Details never hold an alert back: whatever the server says, the alert goes out, and is counted as without.
      if (error instanceof LaceworkError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}

function findCandidates({ bytes, offsets }: AlertPage, forwarding: Forwarding): Candidate[] {
  const candidates: Candidate[] = [];
  for (let at = 0; at < offsets.length; at += 2) {
    const alert = readAlert(elementText(bytes, offsets[at] as number, offsets[at + 1] as number));
    if (alert.id === undefined || !isInScope(alert, forwarding)) continue;
    const entry = entryOf(alert, forwarding);
    if (forwarding.seen.judge(entry, entry.fingerprint) !== 'new') continue;
    candidates.push({
      at,
      id: alert.id,
      rank: severityRank(alert.severity) ?? -1,
      startMs: alert.startTime?.ms ?? 0,
    });
  }
  return candidates;
}
