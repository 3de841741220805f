import { believableAlert } from './believable-alerts.js';
import { alertKinds } from './believable-kinds.js';
import { seededRandom, shuffledPosition } from './seeded-random.js';

/** A crowd of alerts that exists only as a rule. */
export interface GeneratedOptions {
  readonly count: number;
  readonly seed: number;
  /** The alerts' startTimes are spread evenly from here (included) … */
  readonly from: number;
  /** … to here (excluded), both in milliseconds. */
  readonly to: number;
  /** The exact length of each alert's text; 1300 when not given, at least 1000. */
  readonly bytes?: number;
  /** The lowest id, ten digits; 1,000,000,000 when not given. */
  readonly firstId?: number;
  /** Deals the ids out in no order; false when not given. */
  readonly shuffledIds?: boolean;
  /** Cuts every startTime down to its hour, as the API does for most alerts; true when not given. */
  readonly onTheHour?: boolean;
}

interface Template {
  readonly idAt: number;
  readonly startAt: number;
  readonly endAt: number;
}

const HOUR = 3_600_000;
const TEMPLATES = 96;
const FAR_WORD = '東京';
const FILLER = 'Review the activity, confirm it with its owner, and rotate the credentials when nobody knows of it. ';

/**
 * Up to millions of alerts in no memory: every text is one of a few templates of the same length with its own id and
 * times written in, so that a page is a copy of bytes and a few digits.
 */
export class GeneratedAlerts {
  readonly count: number;
  readonly bytes: number;
  readonly #options: Required<GeneratedOptions>;
  /** All templates, each followed by a comma. */
  readonly #ring: Buffer;
  readonly #templates: readonly Template[];
  #written = writeTimes(0);

  constructor(options: GeneratedOptions) {
    this.#options = { bytes: 1300, firstId: 1_000_000_000, shuffledIds: false, onTheHour: true, ...options };
    this.count = options.count;
    this.bytes = this.#options.bytes;
    const texts = writeTemplates(this.#options.seed, this.bytes);
    this.#ring = Buffer.from(texts.map((text) => `${text},`).join(''));
    this.#templates = texts.map((text) => ({
      idAt: text.indexOf('"alertId":') + '"alertId":'.length,
      startAt: text.indexOf('"startTime":"') + '"startTime":"'.length,
      endAt: text.indexOf('"endTime":"') + '"endTime":"'.length,
    }));
  }

  /** The id of the alert at `index`, counted from 0 in the order of startTime. */
  id(index: number): number {
    const { firstId, shuffledIds, seed } = this.#options;
    return firstId + (shuffledIds ? shuffledPosition(index, this.count, seed) : index);
  }

  /** Milliseconds. */
  startTime(index: number): number {
    const { from, to, onTheHour } = this.#options;
    const spread = from + Math.floor((index * (to - from)) / this.count);
    // An alert of the first, cut hour must not start before `from`.
    return onTheHour ? Math.max(from, spread - (spread % HOUR)) : spread;
  }

  /** The first index whose startTime is not before `time`. */
  firstFrom(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startTime(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The index of the alert with this id, undefined when there is none. */
  indexOf(id: number): number | undefined {
    const offset = id - this.#options.firstId;
    if (!Number.isInteger(offset) || offset < 0 || offset >= this.count) return undefined;
    if (!this.#options.shuffledIds) return offset;
    for (let index = 0; index < this.count; index += 1) if (this.id(index) === id) return index;
    return undefined;
  }

  /** The texts from `from` to `to` (excluded), with a comma between them. */
  texts(from: number, to: number): Buffer {
    const step = this.bytes + 1;
    const page = Buffer.allocUnsafe((to - from) * step);
    for (let filled = 0, at = (from % TEMPLATES) * step; filled < page.length; at = 0) {
      filled += this.#ring.copy(page, filled, at);
    }
    for (let index = from; index < to; index += 1) this.#sign(page, (index - from) * step, index);
    return page.subarray(0, -1);
  }

  #sign(page: Buffer, at: number, index: number): void {
    const template = this.#templates[index % TEMPLATES] as Template;
    const start = this.startTime(index);
    // Neighbours share their times: the same text is written again and again.
    if (start !== this.#written.start) this.#written = writeTimes(start);
    writeDigits(page, at + template.idAt, this.id(index));
    copyBytes(this.#written.startText, page, at + template.startAt);
    copyBytes(this.#written.endText, page, at + template.endAt);
  }
}

// For so few bytes these loops are many times quicker than the calls of Buffer.

function writeDigits(page: Buffer, at: number, id: number): void {
  let rest = id;
  for (let place = at + 9; place >= at; place -= 1) {
    const tenth = Math.floor(rest / 10);
    page[place] = 48 + rest - tenth * 10;
    rest = tenth;
  }
}

function copyBytes(from: Buffer, to: Buffer, at: number): void {
  for (let index = 0; index < from.length; index += 1) to[at + index] = from[index] as number;
}

function writeTimes(start: number) {
  const textOf = (time: number) => Buffer.from(new Date(time).toISOString());
  return { start, startText: textOf(start), endText: textOf(start + HOUR) };
}

function writeTemplates(seed: number, bytes: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: TEMPLATES }, (_, index) => {
    const kind = alertKinds[index % alertKinds.length];
    const { text } = believableAlert(random, { id: 1_000_000_000, startTime: 0 }, kind);
    const open = `${text.slice(0, -1)},"recommendation":"`;
    // Names and words of any script occur among real alerts, though not in most.
    const word = index === 0 ? FAR_WORD : '';
    const missing = bytes - open.length - Buffer.byteLength(word) - 2;
    if (missing < 0) throw new RangeError(`${bytes} bytes are too few for a generated alert.`);
    return `${open}${FILLER.repeat(Math.ceil(missing / FILLER.length)).slice(0, missing)}${word}"}`;
  });
}
