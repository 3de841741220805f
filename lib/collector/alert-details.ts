import { ByteWindow } from '../alert-bytes/byte-window.js';
import { LaceworkError } from '../errors.js';
import type { AlertPage } from '../lacework/alert-pages.js';
import type { LaceworkClient } from '../lacework/client.js';
import { asObject } from '../normalizer/oddities.js';
import { severityRank } from './alert-filter.js';
import { type Forwarding, isInScope } from './forwarding.js';
import { PageAlert } from './page-alert.js';

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

function findCandidates({ bytes, offsets, invalidUtf8 }: AlertPage, forwarding: Forwarding): Candidate[] {
  const window = new ByteWindow(bytes);
  const candidates: Candidate[] = [];
  for (let at = 0; at < offsets.length; at += 2) {
    const [start, end] = [offsets[at] as number, offsets[at + 1] as number];
    const { facts } = new PageAlert(window, start, end, invalidUtf8 === 0);
    if (facts.id === undefined || !isInScope(facts, forwarding)) continue;
    if (forwarding.seen.judge(facts, facts.fingerprint) !== 'new') continue;
    candidates.push({ at, id: facts.id, rank: severityRank(facts.severity) ?? -1, startMs: facts.startMs ?? 0 });
  }
  return candidates;
}
