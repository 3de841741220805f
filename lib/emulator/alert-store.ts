import { GeneratedAlerts, type GeneratedOptions } from './generated-alerts.js';
import { arrange, joinSelections, type Query, type Scope, type Selection, selectFromCrowd } from './selection.js';

/** What is known of an alert beside its text. */
export interface AlertOptions {
  /** Milliseconds; read from the text when not given, and needed when the text has none. */
  readonly startTime?: number;
  /** From when on the API answers it, in milliseconds; from the start when not given. */
  readonly visibleAt?: number;
  /** The sub-account it belongs to; the main account when not given. */
  readonly subAccount?: string;
  /** The JSON text of the entity map that the details add; `{}` when not given. */
  readonly entityMap?: string;
}

/** An alert as the emulator keeps it. */
export interface StoredAlert {
  /** The digits of its alertId, absent when the text has none. */
  readonly id: string | undefined;
  readonly startTime: number;
  readonly visibleAt: number;
  readonly subAccount: string | undefined;
  readonly entityMap: string;
  /** The exact JSON text that the list answers. */
  text: string;
  /** Whether a page has carried it. */
  listed: boolean;
}

/** All alerts of the tenant: single ones, which can appear late and change, and generated crowds. */
export class AlertStore {
  #single: StoredAlert[] = [];
  #sorted = true;
  readonly #byId = new Map<string, StoredAlert>();
  readonly #crowds: GeneratedAlerts[] = [];

  add(text: string, options: AlertOptions = {}): StoredAlert {
    const startTime = options.startTime ?? Date.parse(/"startTime"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '');
    if (Number.isNaN(startTime)) throw new TypeError('The alert has no readable startTime: say where it belongs.');
    const alert: StoredAlert = {
      id: /"alertId"\s*:\s*(-?\d+)/.exec(text)?.[1],
      startTime,
      visibleAt: options.visibleAt ?? Number.NEGATIVE_INFINITY,
      subAccount: options.subAccount?.toLowerCase(),
      entityMap: options.entityMap ?? '{}',
      text,
      listed: false,
    };
    this.#single.push(alert);
    this.#sorted = false;
    if (alert.id !== undefined) this.#byId.set(alert.id, alert);
    return alert;
  }

  addGenerated(options: GeneratedOptions): GeneratedAlerts {
    const crowd = new GeneratedAlerts(options);
    this.#crowds.push(crowd);
    return crowd;
  }

  /** The single alert with this id. */
  get(id: string | number): StoredAlert {
    const alert = this.#byId.get(String(id));
    if (!alert) throw new RangeError(`No alert has the id ${id}.`);
    return alert;
  }

  remove(id: string | number): void {
    const alert = this.get(id);
    this.#single = this.#single.filter((one) => one !== alert);
    this.#byId.delete(String(id));
  }

  /** How many single alerts a page has carried. */
  get listed(): number {
    return this.#single.filter(({ listed }) => listed).length;
  }

  /** The texts of an alert that can be seen now, undefined when there is none. */
  find(id: string, now: number, scope: Scope): { text: string; entityMap: string } | undefined {
    const alert = this.#byId.get(id);
    if (alert) return alert.visibleAt <= now && belongs(alert, scope) ? alert : undefined;
    for (const crowd of this.#crowds) {
      const index = crowd.indexOf(Number(id));
      if (index !== undefined) return { text: crowd.texts(index, index + 1).toString(), entityMap: '{}' };
    }
    return undefined;
  }

  /** The alerts asked for: generated crowds first, then the single ones, each in the order asked for. */
  select(query: Query): Selection {
    const parts = [
      ...(query.subAccount === undefined ? this.#crowds.map((crowd) => selectFromCrowd(crowd, query)) : []),
      this.#selectSingle(query),
    ].filter(({ length }) => length > 0);
    return parts.length === 1 && parts[0] ? parts[0] : joinSelections(parts);
  }

  #selectSingle(query: Query): Selection {
    if (!this.#sorted) {
      this.#single.sort((a, b) => a.startTime - b.startTime);
      this.#sorted = true;
    }
    const found: StoredAlert[] = [];
    for (let at = firstFrom(this.#single, query.from); at < this.#single.length; at += 1) {
      const alert = this.#single[at] as StoredAlert;
      if (alert.startTime >= query.to) break;
      if (alert.visibleAt > query.now || !belongs(alert, query)) continue;
      if (!query.accepts || query.accepts(alert.text)) found.push(alert);
    }
    const ordered = arrange(found, query.order);
    return {
      length: ordered.length,
      texts(from, to) {
        const page = ordered.slice(from, to);
        for (const alert of page) alert.listed = true;
        return Buffer.from(page.map(({ text }) => text).join(','));
      },
    };
  }
}

function belongs(alert: StoredAlert, { subAccount, everyAccount }: Scope): boolean {
  return everyAccount || alert.subAccount === subAccount?.toLowerCase();
}

function firstFrom(alerts: readonly StoredAlert[], time: number): number {
  let low = 0;
  let high = alerts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((alerts[middle] as StoredAlert).startTime < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
