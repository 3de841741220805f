import { createHash } from 'node:crypto';
import type { Paging } from './page-elements.js';

/** Why a reading can't be trusted as it stands. */
export type Doubt =
  | 'fewer rows than announced'
  | 'no number of rows announced'
  | 'nothing found'
  | 'a page came twice'
  | 'the pages do not end';

/** A sequence may be longer than announced, for alerts appear while it is read; not without end. */
const SPARE_PAGES = 10;
/** With no number announced. */
const MOST_PAGES = 2_000;
/** So many pages that have come before are no accident. */
const MOST_REPEATS = 5;
/** Nor are so many that hold nothing and lead on. */
const MOST_EMPTY = 20;

/** What was counted while the pages of one window were read once. */
export class Reading {
  rows = 0;
  totalRows: number | undefined;
  pages = 0;
  #largestPage = 0;
  #isEndless = false;
  #repeats = 0;
  #empty = 0;
  readonly #pagesSeen = new Set<string>();
  readonly #urlsSeen = new Set<string>();

  /** Counts a page. Its first and last element know it again. */
  count(bytes: Buffer, offsets: readonly number[], { totalRows }: Paging): void {
    this.pages += 1;
    const rows = offsets.length / 2;
    if (totalRows !== undefined) this.totalRows = Math.max(totalRows, this.totalRows ?? 0);
    if (rows === 0) {
      this.#empty += 1;
      return;
    }
    this.#largestPage = Math.max(this.#largestPage, rows);
    const identity = createHash('sha256')
      .update(bytes.subarray(offsets[0], offsets[1]))
      .update(bytes.subarray(offsets.at(-2), offsets.at(-1)))
      .digest('base64');
    if (this.#pagesSeen.has(identity)) {
      this.#repeats += 1;
      return;
    }
    this.#pagesSeen.add(identity);
    this.rows += rows;
  }

  /** Whether the page at `url` is worth asking for: one that was asked for already leads nowhere. */
  follows(url: string): boolean {
    const announced = this.totalRows === undefined ? MOST_PAGES : this.totalRows / Math.max(1, this.#largestPage);
    this.#isEndless =
      this.#urlsSeen.has(url) ||
      this.#repeats > MOST_REPEATS ||
      this.#empty > MOST_EMPTY ||
      this.pages > announced * 2 + SPARE_PAGES;
    this.#urlsSeen.add(url);
    return !this.#isEndless;
  }

  /** What keeps the reading from being the whole content of its window; undefined when nothing does. */
  get doubt(): Doubt | undefined {
    if (this.#isEndless) return 'the pages do not end';
    if (this.totalRows !== undefined && this.rows < this.totalRows) {
      return this.#repeats > 0 ? 'a page came twice' : 'fewer rows than announced';
    }
    if (this.totalRows !== undefined) return undefined;
    return this.rows === 0 ? 'nothing found' : 'no number of rows announced';
  }
}
