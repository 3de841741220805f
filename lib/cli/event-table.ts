import { z } from 'zod';
import { localTime } from './local-time.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';

const text = z.string().optional();

/** A normalized event, as far as a line of the table shows it. */
const shownEvent = z.object({
  '@timestamp': text,
  event: z.object({ kind: z.literal('alert'), code: text }),
  user: z.object({ name: text, email: text, id: text }).optional(),
  cloud: z.object({ account: z.object({ id: text }).optional() }).optional(),
  lacework: z
    .object({
      cloud_security: z.object({
        account: z.object({ name: text }).optional(),
        alert: z.object({ severity: text, sight: z.number().optional() }).optional(),
      }),
    })
    .optional(),
});

/** A normalized event, as far as a line of the table shows it. */
export type ShownEvent = z.infer<typeof shownEvent>;

/** Reads an accepted event, undefined when it is not a normalized one. */
export function readEvent(json: string): ShownEvent | undefined {
  try {
    return shownEvent.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Lines of a table in columns of fixed width, so that it can grow at its end. */
export class EventTable {
  readonly #paint: Paint;
  readonly #columns: readonly { readonly title: string; readonly width: number }[];

  /** `width` is the terminal's, in characters. */
  constructor(width: number, paint: Paint) {
    this.#paint = paint;
    // What the other columns leave goes to the two whose texts are long.
    const wide = Math.max(width, 80) - 54;
    this.#columns = [
      { title: 'TIME', width: 16 },
      { title: 'SEVERITY', width: 8 },
      { title: 'TYPE', width: Math.min(38, Math.floor(wide * 0.5)) },
      { title: 'ACCOUNT', width: 14 },
      { title: 'USER', width: Math.min(58, Math.ceil(wide * 0.5)) },
      { title: 'SEEN', width: 4 },
    ];
  }

  heading(): string {
    return this.#paint('bold', this.#line(this.#columns.map(({ title }) => title)));
  }

  row(event: ShownEvent): string {
    const { account, alert } = event.lacework?.cloud_security ?? {};
    const severity = alert?.severity ?? '';
    return this.#line(
      [
        localTime(event['@timestamp']).slice(0, 16),
        severity,
        event.event.code ?? '',
        account?.name ?? event.cloud?.account?.id ?? '',
        event.user?.name ?? event.user?.email ?? event.user?.id ?? '',
        alert?.sight === undefined ? '' : String(alert.sight),
      ],
      (cell, column) => (column === 1 ? this.#paint(severity.toLowerCase(), cell) : cell),
    );
  }

  #line(cells: readonly string[], decorate = (cell: string, _column: number) => cell): string {
    const padded = this.#columns.map(({ width, title }, column) => {
      const cell = shorten(printable(cells[column] ?? ''), width);
      return decorate(title === 'SEEN' ? cell.padStart(width) : cell.padEnd(width), column);
    });
    return `  ${padded.join('  ')}`;
  }
}

function shorten(words: string, width: number): string {
  const characters = [...words];
  return characters.length <= width ? words : `${characters.slice(0, width - 1).join('')}…`;
}
