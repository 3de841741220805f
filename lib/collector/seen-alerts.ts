import { DamagedValueError, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import type { AlertKey } from './alert-key.js';
import { SeenEntries } from './seen-entries.js';
import { type SeenEntry, SeenTable } from './seen-table.js';

const recordSchema = z.object({ alerts: z.base64() });

const PREFIX = 'seen/';
/** A record's name says all that is needed to delete it unread: seen/NUMBER-OLDEST_HOUR-NEWEST_HOUR-ALERTS. */
const NAME = /^seen\/(\d{12})-(\d{7})-(\d{7})-(\d+)$/;
/** So many small records are merged into one: a start reads each of them. */
const MERGE_AT = 256;
const SMALL = 1000;
/** About so many alerts a merged record holds: more would take memory for what is read rarely. */
const MERGED = 10_000;
const READ_AT_ONCE = 32;

/** What the table says of an alert. */
export type Verdict = 'new' | 'changed' | 'known';

/** A record that could not be read: alerts that began in these hours may be delivered again. */
export interface LostRecord {
  readonly oldestHour: number;
  readonly newestHour: number;
  readonly setAsideAs: string;
}

interface RecordName {
  readonly key: string;
  readonly number: number;
  readonly oldestHour: number;
  readonly newestHour: number;
  readonly alerts: number;
}

/** Which alerts have been delivered: in memory a few bytes each, in the store one record for each settled batch. */
export class SeenAlerts {
  readonly #storage: Storage;
  readonly #table = new SeenTable();
  readonly #records: RecordName[] = [];
  #next = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Reads all records, once; answers those that could not be read. */
  async load(): Promise<LostRecord[]> {
    const lost: LostRecord[] = [];
    const names = (await this.#storage.keys(PREFIX)).map(readName).filter((name) => name !== undefined);
    // A few at a time, or all that was ever delivered would lie in memory as text; in the order in which they were written:
    // the newest word on an alert is the last.
    for (let at = 0; at < names.length; at += READ_AT_ONCE) {
      const some = names.slice(at, at + READ_AT_ONCE);
      const values = await Promise.all(some.map(({ key }) => this.#read(key)));
      for (const [index, name] of some.entries()) this.#keep(name, values[index], lost);
    }
    return lost;
  }

  /** How many alerts are remembered. */
  get size(): number {
    return this.#table.size;
  }

  /** Whether the alert has been taken before, and whether it has changed since. */
  judge(key: AlertKey, fingerprint: number): Verdict {
    const known = this.#table.find(key);
    if (known === undefined) return 'new';
    return known === fingerprint ? 'known' : 'changed';
  }

  /** Remembers the alert in memory, at once, so that a second copy on its way is passed over. */
  take(entry: SeenEntry): void {
    this.#table.put(entry);
  }

  /**
   * Numbers for the record of `alerts` alerts, as many as there are of them: for a record of all of them the first, for one
   * of a part that of its first alert. Taken when the batch is closed, so that records keep the order of the alerts.
   */
  nextNumber(alerts = 1): number {
    const number = this.#next;
    this.#next += alerts;
    return number;
  }

  /** Makes it durable that these alerts have been delivered. */
  async record(entries: SeenEntries, number: number): Promise<void> {
    if (entries.count === 0) return;
    let oldestHour = Number.POSITIVE_INFINITY;
    let newestHour = 0;
    for (const { hour } of entries) {
      if (hour < oldestHour) oldestHour = hour;
      if (hour > newestHour) newestHour = hour;
    }
    const key = `${PREFIX}${pad(number, 12)}-${pad(oldestHour, 7)}-${pad(newestHour, 7)}-${entries.count}`;
    await this.#storage.set(key, { alerts: entries.toBase64() });
    this.#records.push({ key, number, oldestHour, newestHour, alerts: entries.count });
  }

  /** Forgets the alerts that began before `time` (ms), and merges small records when there are many; answers those lost. */
  async forgetBefore(time: number): Promise<LostRecord[]> {
    const hour = Math.floor(time / 3_600_000);
    this.#table.forgetBefore(hour);
    await this.#drop(this.#records.filter(({ newestHour }) => newestHour < hour));
    const small = this.#records.filter(({ alerts }) => alerts < SMALL);
    return small.length >= MERGE_AT ? this.#merge(small) : [];
  }

  /** Forgets, in the store, the alerts that began at or after `time` (ms): the next start takes them for new. Answers how many. */
  async forgetSince(time: number): Promise<number> {
    const hour = Math.floor(time / 3_600_000);
    const records = this.#records.filter(({ newestHour }) => newestHour >= hour);
    let forgotten = 0;
    for (const { key, number } of records) {
      const entries = await this.#read(key);
      if (entries === undefined || entries instanceof DamagedValueError) continue;
      const older = SeenEntries.of([...entries].filter((entry) => entry.hour < hour));
      forgotten += entries.count - older.count;
      await this.record(older, number);
    }
    await this.#drop(records);
    return forgotten;
  }

  #keep(name: RecordName, entries: SeenEntries | DamagedValueError | undefined, lost: LostRecord[]): void {
    this.#next = Math.max(this.#next, name.number + 1);
    if (entries instanceof DamagedValueError) {
      lost.push({ ...name, setAsideAs: entries.setAsideAs });
      return;
    }
    for (const entry of entries ?? []) this.#table.put(entry);
    this.#records.push(name);
  }

  /** Writes what is known now of the small records' alerts into few, then deletes them: a crash in between costs nothing. */
  async #merge(small: readonly RecordName[]): Promise<LostRecord[]> {
    const lost: LostRecord[] = [];
    const merged = new Map<string, SeenEntry>();
    let replaced: RecordName[] = [];
    for (const record of small) {
      const entries = await this.#read(record.key);
      if (entries instanceof DamagedValueError) lost.push({ ...record, setAsideAs: entries.setAsideAs });
      else for (const entry of entries ?? []) this.#addKnown(entry, merged);
      replaced.push(record);
      if (merged.size < MERGED && record !== small.at(-1)) continue;
      await this.record(SeenEntries.of(merged.values()), this.nextNumber());
      await this.#drop(replaced);
      merged.clear();
      replaced = [];
    }
    return lost;
  }

  #addKnown(entry: SeenEntry, merged: Map<string, SeenEntry>): void {
    const fingerprint = this.#table.find(entry);
    if (fingerprint !== undefined) merged.set(`${entry.high}-${entry.low}`, { ...entry, fingerprint });
  }

  async #drop(records: readonly RecordName[]): Promise<void> {
    if (records.length === 0) return;
    const keys = new Set(records.map(({ key }) => key));
    await this.#storage.delete([...keys]);
    const kept = this.#records.filter(({ key }) => !keys.has(key));
    this.#records.splice(0, this.#records.length, ...kept);
  }

  async #read(key: string): Promise<SeenEntries | DamagedValueError | undefined> {
    try {
      const record = await this.#storage.get(key, recordSchema);
      return record === undefined ? undefined : SeenEntries.fromBase64(record.alerts);
    } catch (error) {
      if (error instanceof DamagedValueError) return error;
      throw error;
    }
  }
}

function readName(key: string): RecordName | undefined {
  const [, number, oldestHour, newestHour, alerts] = NAME.exec(key)?.map(Number) ?? [];
  if (number === undefined || oldestHour === undefined || newestHour === undefined || alerts === undefined)
    return undefined;
  return { key, number, oldestHour, newestHour, alerts };
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
