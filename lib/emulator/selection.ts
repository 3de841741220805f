import type { GeneratedAlerts } from './generated-alerts.js';
import { seededRandom, shuffledPosition } from './seeded-random.js';

/** The order in which alerts come; the API promises none. */
export type Order = 'ascending' | 'descending' | { readonly shuffled: number };

/** Whose alerts are asked for. */
export interface Scope {
  readonly subAccount: string | undefined;
  readonly everyAccount: boolean;
}

/** Which alerts are asked for: `from` (included) to `to` (excluded), in milliseconds. */
export interface Query extends Scope {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly accepts?: (text: string) => boolean;
  readonly order: Order;
}

/** What was found, in order. */
export interface Selection {
  readonly length: number;
  /** The texts from `from` to `to` (excluded), with a comma between them. */
  texts(from: number, to: number): Buffer;
}

/** The items, given in ascending order, in the order asked for. */
export function arrange<T>(ascending: T[], order: Order): T[] {
  if (order === 'ascending') return ascending;
  if (order === 'descending') return ascending.reverse();
  const random = seededRandom(order.shuffled);
  for (let at = ascending.length - 1; at > 0; at -= 1) {
    const other = random.integer(at + 1);
    [ascending[at], ascending[other]] = [ascending[other] as T, ascending[at] as T];
  }
  return ascending;
}

/** The alerts of a generated crowd that are asked for. */
export function selectFromCrowd(crowd: GeneratedAlerts, { from, to, accepts, order }: Query): Selection {
  const first = crowd.firstFrom(from);
  const end = crowd.firstFrom(to);
  const length = end - first;
  const textAt = (index: number) => crowd.texts(index, index + 1);
  if (accepts) {
    const accepted = Array.from({ length }, (_, at) => first + at).filter((index) => accepts(textAt(index).toString()));
    const ordered = arrange(accepted, order);
    return { length: ordered.length, texts: (a, b) => joinTexts(ordered.slice(a, b).map(textAt)) };
  }
  if (order === 'ascending') return { length, texts: (a, b) => crowd.texts(first + a, first + b) };
  const indexAt = (position: number) =>
    order === 'descending' ? end - 1 - position : first + shuffledPosition(position, length, order.shuffled);
  return {
    length,
    texts: (a, b) => joinTexts(Array.from({ length: b - a }, (_, at) => textAt(indexAt(a + at)))),
  };
}

/** Several selections, one after the other. */
export function joinSelections(parts: readonly Selection[]): Selection {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return {
    length,
    texts(from, to) {
      const found: Buffer[] = [];
      let start = 0;
      for (const part of parts) {
        const [a, b] = [Math.max(from - start, 0), Math.min(to - start, part.length)];
        if (a < b) found.push(part.texts(a, b));
        start += part.length;
      }
      return joinTexts(found);
    },
  };
}

function joinTexts(texts: readonly Buffer[]): Buffer {
  const comma = Buffer.from(',');
  return Buffer.concat(texts.flatMap((text, at) => (at === 0 ? [text] : [comma, text])));
}
