import type { BodyMemory, Monitor } from '@sekoia/automation-sdk-ts';
import { LaceworkError } from '../errors.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';
import type { ApiFilter, LaceworkClient } from './client.js';

/** How the alerts of a window are asked for: filtered by the server, until it refuses that. */
export class AlertQuery {
  readonly #client: LaceworkClient;
  readonly #monitor: Monitor;
  /** Filters that are checked here as well, and those that only the server can check. */
  readonly #unchecked: readonly ApiFilter[];
  #filters: readonly ApiFilter[];

  constructor(
    client: LaceworkClient,
    monitor: Monitor,
    checked: readonly ApiFilter[],
    unchecked: readonly ApiFilter[],
  ) {
    this.#client = client;
    this.#monitor = monitor;
    this.#unchecked = unchecked;
    this.#filters = [...checked, ...unchecked];
  }

  /** The bytes of the window's first page; after a 400 to a filtered search, the unfiltered list's from then on. */
  async firstPage(window: Window, into?: BodyMemory): Promise<Buffer> {
    try {
      return await this.#client.listAlerts(window, this.#filters, into);
    } catch (error) {
      if (!(error instanceof LaceworkError && error.kind === 'bad_request') || this.#filters.length === 0) throw error;
      const answer = await this.#client.listAlerts(window, [], into);
      this.#filters = [];
      this.#monitor.report(messages.searchRefused({ unchecked: this.#unchecked.length > 0 }));
      return answer;
    }
  }

  /** The bytes of a further page. */
  nextPage(url: string, into: BodyMemory): Promise<Buffer> {
    return this.#client.followPage(url, into);
  }
}
