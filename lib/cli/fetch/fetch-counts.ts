import { counted } from '../../counted.js';
import { readableWindow, type Window } from '../../window.js';
import type { Reader } from '../range/reader.js';
import type { Terminal } from '../terminal.js';

const TYPES_SHOWN = 10;

/** What a range comes to. */
export class FetchCounts {
  readonly #range: Window;
  readonly #severities = new Map<string, number>();
  readonly #types = new Map<string, number>();

  constructor(range: Window) {
    this.#range = range;
  }

  /** Counts an event: one of ours, or a raw alert. */
  add(event: string): void {
    const value = JSON.parse(event);
    count(this.#severities, value?.lacework?.cloud_security?.alert?.severity ?? value?.severity);
    count(this.#types, value?.event?.code ?? value?.alertType);
  }

  /** Says how many there are, and of what kinds when they were not written. */
  report({ tally, rateLimit }: Reader, dryRun: boolean, { json, print, say }: Terminal): void {
    const { seen, fresh, filtered, withoutDetails } = tally;
    const facts = { seen, events: fresh, filtered, withoutDetails, calls: rateLimit.made };
    if (!dryRun) {
      say(json ? JSON.stringify(facts) : sentence(facts, this.#range));
      return;
    }
    const severities = Object.fromEntries(this.#severities);
    const types = Object.fromEntries([...this.#types].sort(([, a], [, b]) => b - a).slice(0, TYPES_SHOWN));
    if (json) return void print(JSON.stringify({ ...facts, severities, types }));
    print(sentence(facts, this.#range));
    print(`severities: ${list(severities)}`);
    print(
      `types: ${list(types)}${this.#types.size > TYPES_SHOWN ? `, and ${this.#types.size - TYPES_SHOWN} more` : ''}`,
    );
  }
}

function sentence(
  facts: { seen: number; events: number; filtered: number; withoutDetails: number; calls: number },
  range: Window,
): string {
  const { seen, events, filtered, withoutDetails, calls } = facts;
  const parts = [
    `${counted(seen, 'alert')} seen`,
    counted(events, 'event'),
    ...(filtered > 0 ? [`${filtered} filtered out`] : []),
    ...(withoutDetails > 0 ? [`${withoutDetails} without details`] : []),
    counted(calls, 'call'),
  ];
  return `${readableWindow(range)}: ${parts.join(', ')}.`;
}

function list(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');
}

function count(counts: Map<string, number>, name: unknown): void {
  const key = typeof name === 'string' ? name : 'unknown';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
