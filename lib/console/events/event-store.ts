import { mkdir, rm } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventCounts, EventDetail, EventRow } from '../api.js';
import { EventSegment, SEGMENT_EVENTS } from './event-segment.js';
import { readEvent } from './read-event.js';
import { type LineSpan, listSegments, SegmentFile, type StoredEvent } from './segment-file.js';

/** An event may have 250 KB: so many are in memory while all are read. */
const READ_AT_ONCE = 200;

interface Kept {
  readonly segment: EventSegment;
  readonly file: SegmentFile;
}

/** The newest events of all intakes: their texts in files of ten thousand, their fields in memory. */
export class EventStore {
  readonly #directory: string;
  readonly #limit: number;
  #kept: Kept[] = [];

  /** At most `limit` events are shown; the files hold at most one segment more. */
  constructor(directory: string, limit: number) {
    this.#directory = directory;
    this.#limit = limit;
  }

  /** Reads what an earlier run has left. */
  async load(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (const first of await listSegments(this.#directory)) {
      const segment = new EventSegment(first);
      const file = new SegmentFile(this.#directory, first);
      file.readAll((event, bytes) => {
        if (!segment.isFull) segment.add(readEvent(event.text, event.at), event.at, event.intake, bytes);
      });
      this.#kept.push({ segment, file });
      // A large store is read for seconds: whoever wants to interrupt it can.
      await turn();
    }
    this.#drop();
  }

  /** Stores events that have just arrived, before it returns. */
  add(events: readonly StoredEvent[]): void {
    for (let taken = 0; taken < events.length; ) {
      const { segment, file } = this.#open();
      const part = events.slice(taken, taken + SEGMENT_EVENTS - segment.length);
      const lengths = file.append(part);
      for (const [index, { text, at, intake }] of part.entries()) {
        segment.add(readEvent(text, at), at, intake, lengths[index] as number);
      }
      taken += part.length;
    }
    this.#drop();
  }

  get counts(): EventCounts {
    const next = this.#next;
    const first = this.first;
    return { kept: next - first, dropped: first, next, limit: this.#limit };
  }

  /** The number of the first event that is shown. */
  get first(): number {
    return Math.max(this.#kept[0]?.segment.first ?? 0, this.#next - this.#limit);
  }

  /** The segments, the oldest first. */
  get segments(): readonly EventSegment[] {
    return this.#kept.map(({ segment }) => segment);
  }

  /** How many of the events that are shown are this intake's. */
  countOfIntake(intake: string): number {
    const { first } = this;
    return this.#kept.reduce((sum, { segment }) => sum + segment.countOfIntake(intake, first - segment.first), 0);
  }

  row(number: number): EventRow | undefined {
    const kept = this.#find(number);
    return kept?.segment.row(number - kept.segment.first);
  }

  /** The event's text, and that of the version before it where the alert has been updated. */
  async detail(number: number): Promise<EventDetail | undefined> {
    const kept = this.#find(number);
    const event = kept && (await readOne(kept, number));
    if (!event) return undefined;
    const before = this.#versionBefore(number, kept.segment.alertIdOf(number - kept.segment.first));
    const previousKept = before === undefined ? undefined : this.#find(before);
    const previous = previousKept && before !== undefined ? await readOne(previousKept, before) : undefined;
    return {
      number,
      id: event.id,
      intake: event.intake,
      row: kept.segment.row(number - kept.segment.first),
      receivedAt: event.at,
      text: event.text,
      previous:
        previous && before !== undefined ? { number: before, receivedAt: previous.at, text: previous.text } : undefined,
    };
  }

  /** The texts of these events. */
  async *texts(numbers: Iterable<number>): AsyncGenerator<string> {
    let part: number[] = [];
    for (const number of numbers) {
      part.push(number);
      if (part.length < READ_AT_ONCE) continue;
      yield* await this.#textsOf(part);
      part = [];
    }
    yield* await this.#textsOf(part);
  }

  /** Opens each segment's file once, not once an event. */
  async #textsOf(numbers: readonly number[]): Promise<string[]> {
    const bySegment = new Map<Kept, number[]>();
    for (const number of numbers) {
      const kept = this.#find(number);
      if (kept) bySegment.set(kept, [...(bySegment.get(kept) ?? []), number]);
    }
    const texts = new Map<number, string>();
    for (const [{ segment, file }, own] of bySegment) {
      const lines = own.map((number) => linesOf(segment, number));
      const events = await file.read(lines);
      for (const [index, event] of events.entries()) texts.set(own[index] as number, event.text);
    }
    return numbers.flatMap((number) => texts.get(number) ?? []);
  }

  close(): void {
    for (const { file } of this.#kept) file.close();
  }

  get #next(): number {
    return this.#kept.at(-1)?.segment.end ?? 0;
  }

  #find(number: number): Kept | undefined {
    if (!Number.isInteger(number) || number < this.first || number >= this.#next) return undefined;
    return this.#kept.find(({ segment }) => number < segment.end);
  }

  #open(): Kept {
    const last = this.#kept.at(-1);
    if (last && !last.segment.isFull) return last;
    last?.file.close();
    const first = this.#next;
    const fresh = { segment: new EventSegment(first), file: new SegmentFile(this.#directory, first) };
    this.#kept.push(fresh);
    return fresh;
  }

  /** Lets go of segments that hold none of the newest. */
  #drop(): void {
    const { first } = this;
    while (this.#kept.length > 1 && (this.#kept[0] as Kept).segment.end <= first) {
      const { file } = this.#kept.shift() as Kept;
      file.close();
      void rm(file.path, { force: true });
    }
  }

  #versionBefore(number: number, alertId: string): number | undefined {
    if (alertId === '') return undefined;
    for (const { segment } of this.#kept.toReversed()) {
      if (segment.first >= number) continue;
      const row = segment.lastOfAlert(alertId, Math.min(number - segment.first, segment.length));
      if (row >= 0 && segment.first + row >= this.first) return segment.first + row;
    }
    return undefined;
  }
}

async function readOne({ segment, file }: Kept, number: number): Promise<StoredEvent | undefined> {
  const [event] = await file.read([linesOf(segment, number)]);
  return event;
}

function linesOf(segment: EventSegment, number: number): LineSpan {
  const row = number - segment.first;
  return { from: segment.offsets[row] as number, to: segment.offsets[row + 1] as number };
}
