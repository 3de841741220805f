import type { Misbehaviour } from './faults.js';
import type { Selection } from './selection.js';

/** The place of a page: its sequence, its number from 1, and how often it was asked for through a fault. */
export interface Cursor {
  readonly sequence: number;
  readonly page: number;
  readonly again: number;
}

/** One page of alerts, before it is written as JSON. */
export interface Page {
  readonly cursor: Cursor;
  /** The JSON text of `data`, in pieces. */
  readonly data: readonly Buffer[];
  /** Absent: the page says nothing of its place. */
  readonly paging:
    | { readonly rows: number; readonly totalRows: number | undefined; readonly nextPage: string | null }
    | undefined;
}

/** Results of past searches, a page at a time; only the newest sequences are kept. */
export class PageDesk {
  readonly #sequences = new Map<number, { readonly selection: Selection; readonly pageSize: number }>();
  #last = 0;

  /** Keeps the selection as a sequence of pages, and returns the place of its first. */
  open(selection: Selection, pageSize: number): Cursor {
    this.#last += 1;
    this.#sequences.set(this.#last, { selection, pageSize });
    this.#sequences.delete(this.#last - 1000);
    return { sequence: this.#last, page: 1, again: 0 };
  }

  /** The page at a place, undefined when there is none; `urlOf` writes where a page is fetched. */
  read(cursor: Cursor, urlOf: (cursor: Cursor) => string): Page | undefined {
    const sequence = this.#sequences.get(cursor.sequence);
    if (!sequence) return undefined;
    const { selection, pageSize } = sequence;
    const from = (cursor.page - 1) * pageSize;
    const to = Math.min(from + pageSize, selection.length);
    if (from >= to) return undefined;
    const next = to < selection.length ? urlOf({ ...cursor, page: cursor.page + 1, again: 0 }) : null;
    return {
      cursor,
      data: inBrackets(selection.texts(from, to)),
      paging: { rows: to - from, totalRows: selection.length, nextPage: next },
    };
  }

  /** The last alert of a page, by itself. */
  lastOf({ sequence, page }: Cursor): Buffer {
    const { selection, pageSize } = this.#sequences.get(sequence) ?? { selection: undefined, pageSize: 0 };
    const end = Math.min(page * pageSize, selection?.length ?? 0);
    return selection?.texts(end - 1, end) ?? Buffer.alloc(0);
  }
}

const ALERT_NAME = '"alertName":"';

const PAGE_FAULTS = [
  'null-data',
  'no-paging',
  'data-not-array',
  'page-twice',
  'page-before-again',
  'id-twice',
  'not-utf8',
  'early-end',
  'empty-page',
  'foreign-next-page',
  'endless-pages',
] as const satisfies readonly Misbehaviour['kind'][];

/** A fault that changes what a page says. */
export type PageFault = Extract<Misbehaviour, { kind: (typeof PAGE_FAULTS)[number] }>;

/** Whether the fault changes what a page says, and can show on this page. */
export function strikesPage<Fault extends Misbehaviour>(fault: Fault, page: Page): fault is Fault & PageFault {
  const hasNext = page.paging?.nextPage !== null;
  switch (fault.kind) {
    case 'page-twice':
      return hasNext && page.cursor.again === 0;
    case 'page-before-again':
      return page.cursor.page > 1;
    case 'early-end':
    case 'foreign-next-page':
      return hasNext;
    default:
      return PAGE_FAULTS.some((kind) => kind === fault.kind);
  }
}

/** The page as the fault bends it. */
export function bendPage(page: Page, fault: PageFault, desk: PageDesk, urlOf: (cursor: Cursor) => string): Page {
  const { cursor, paging } = page;
  if (!paging) return page;
  const again = () => urlOf({ ...cursor, again: cursor.again + 1 });
  switch (fault.kind) {
    case 'null-data':
      return { ...page, data: [Buffer.from('null')] };
    case 'data-not-array':
      return { ...page, data: [Buffer.from('{"alertId":1}')] };
    case 'no-paging':
      return { ...page, paging: undefined };
    case 'page-twice':
      return { ...page, paging: { ...paging, nextPage: again() } };
    case 'endless-pages': {
      const totalRows = fault.announces === 'nothing' ? undefined : paging.totalRows;
      return { ...page, paging: { ...paging, totalRows, nextPage: again() } };
    }
    case 'page-before-again': {
      const before = desk.read({ ...cursor, page: cursor.page - 1 }, urlOf);
      return before ? { ...page, data: before.data, paging: { ...paging, rows: before.paging?.rows ?? 0 } } : page;
    }
    case 'id-twice':
      return {
        ...page,
        data: [...page.data.slice(0, -1), Buffer.from(','), desk.lastOf(cursor), Buffer.from(']')],
        paging: { ...paging, rows: paging.rows + 1, totalRows: (paging.totalRows ?? 0) + 1 },
      };
    case 'not-utf8':
      return { ...page, data: [breakName(Buffer.concat(page.data))] };
    case 'early-end':
      return { ...page, paging: { ...paging, nextPage: null } };
    case 'empty-page':
      return { ...page, data: [Buffer.from('[]')], paging: { ...paging, rows: 0, nextPage: null } };
    case 'foreign-next-page': {
      const { pathname, search } = new URL(paging.nextPage ?? again());
      return {
        ...page,
        paging: { ...paging, nextPage: (fault.origin ?? 'http://foreign.invalid') + pathname + search },
      };
    }
  }
}

/** The page's JSON text, in pieces. */
export function writePage({ paging, data }: Page): Buffer[] {
  if (!paging) return [Buffer.from('{"data":'), ...data, Buffer.from('}')];
  const { rows, totalRows, nextPage } = paging;
  const head = JSON.stringify({ paging: { rows, totalRows, urls: { nextPage } } });
  return [Buffer.from(`${head.slice(0, -1)},"data":`), ...data, Buffer.from('}')];
}

function breakName(data: Buffer): Buffer {
  const name = data.indexOf(ALERT_NAME);
  if (name !== -1) data[name + ALERT_NAME.length] = 0xff;
  return data;
}

function inBrackets(texts: Buffer): Buffer[] {
  return [Buffer.from('['), texts, Buffer.from(']')];
}
