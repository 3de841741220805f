import { type EventRow, SEVERITIES } from '../api.js';
import type { IndexedEvent } from './read-event.js';
import type { SearchTerm } from './search-query.js';
import { TextColumn } from './text-column.js';

/** How many events a segment holds. */
export const SEGMENT_EVENTS = 10_000;

const ALERT = 'lacework.cloud_security.alert';
const SEVERITY = `${ALERT}.severity`;
const ALERT_ID = `${ALERT}.id`;

/** Which events are looked for. */
export interface Wanted {
  readonly terms: readonly SearchTerm[];
  /** Event times, in milliseconds; both ends belong to it. */
  readonly from: number;
  readonly to: number;
}

/** Ten thousand events in a row, as far as they are in memory; their texts are in a file. */
export class EventSegment {
  /** The number of its first event. */
  readonly first: number;
  length = 0;
  readonly times = new Float64Array(SEGMENT_EVENTS);
  readonly arrivals = new Float64Array(SEGMENT_EVENTS);
  /** Where the lines begin in the file; one more for the end of the last. */
  readonly offsets = new Float64Array(SEGMENT_EVENTS + 1);
  readonly #columns = new Map<string, TextColumn>();
  #rowsByTime = new Uint16Array();
  readonly #intakes = new TextColumn(SEGMENT_EVENTS);

  constructor(first: number) {
    this.first = first;
  }

  /** Its rows in the order of the times of their events. */
  get rowsByTime(): Uint16Array {
    if (this.#rowsByTime.length !== this.length) {
      const { times } = this;
      const rows = Uint16Array.from({ length: this.length }, (_, row) => row);
      this.#rowsByTime = rows.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    }
    return this.#rowsByTime;
  }

  get end(): number {
    return this.first + this.length;
  }

  get isFull(): boolean {
    return this.length === SEGMENT_EVENTS;
  }

  add({ time, fields }: IndexedEvent, receivedAt: number, intake: string, bytes: number): void {
    const row = this.length;
    this.times[row] = time;
    this.arrivals[row] = receivedAt;
    this.offsets[row + 1] = (this.offsets[row] as number) + bytes;
    this.#intakes.set(row, intake);
    for (const [name, text] of fields) {
      let column = this.#columns.get(name);
      if (!column) {
        column = new TextColumn(SEGMENT_EVENTS);
        this.#columns.set(name, column);
      }
      column.set(row, text);
    }
    this.length += 1;
  }

  /** One byte for each event: 1 for those that are wanted. */
  mark({ terms, from, to }: Wanted): Uint8Array {
    const marks = new Uint8Array(this.length);
    for (let row = 0; row < marks.length; row += 1) {
      const time = this.times[row] as number;
      if (time >= from && time <= to) marks[row] = 1;
    }
    for (const { fields, isNegated, fits } of terms) {
      const fulfilled = new Uint8Array(this.length);
      const columns = fields ? fields.map((name) => this.#columns.get(name)) : this.#columns.values();
      for (const column of columns) column?.mark(fulfilled, fits);
      const needed = isNegated ? 0 : 1;
      for (let row = 0; row < marks.length; row += 1) if (fulfilled[row] !== needed) marks[row] = 0;
    }
    return marks;
  }

  /** For each event the place of its severity in SEVERITIES, the last for one that has none. */
  severityRanks(): Uint8Array {
    const ranks = new Uint8Array(this.length).fill(SEVERITIES.length - 1);
    for (const [rank, severity] of SEVERITIES.entries()) {
      const marks = new Uint8Array(this.length);
      this.#columns.get(SEVERITY)?.mark(marks, (text) => text === severity);
      for (let row = 0; row < marks.length; row += 1) if (marks[row] === 1) ranks[row] = rank;
    }
    return ranks;
  }

  alertIdOf(row: number): string {
    return this.#text(ALERT_ID, row);
  }

  /** The last event of this alert before `end`, a row; -1 when there is none. */
  lastOfAlert(alertId: string, end: number): number {
    return this.#columns.get(ALERT_ID)?.lastBefore(alertId, end) ?? -1;
  }

  /** How many of its events from a row on are this intake's. */
  countOfIntake(intake: string, from: number): number {
    return this.#intakes.count(intake, Math.max(from, 0), this.length);
  }

  row(row: number): EventRow {
    const any = (...names: string[]) => names.map((name) => this.#text(name, row)).find((text) => text !== '') ?? '';
    return {
      number: this.first + row,
      time: this.times[row] as number,
      receivedAt: this.arrivals[row] as number,
      severity: this.#text(SEVERITY, row),
      type: this.#text('event.code', row),
      user: any('user.name', 'user.email', 'user.id'),
      account: any('lacework.cloud_security.account.name', 'cloud.account.id'),
      address: any('source.ip', 'source.address', 'related.ip', 'host.ip'),
      sight: this.#text(`${ALERT}.sight`, row),
      reason: this.#text('event.reason', row),
    };
  }

  #text(name: string, row: number): string {
    return this.#columns.get(name)?.at(row) ?? '';
  }
}
