import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type AlertOptions, AlertStore, type StoredAlert } from './alert-store.js';
import { CallBudget } from './call-budget.js';
import { type AlertChanges, changeFields } from './change-fields.js';
import type { ApiFunction, Fault } from './faults.js';
import type { GeneratedAlerts, GeneratedOptions } from './generated-alerts.js';
import { type ApiParts, replyTo } from './lacework-api.js';
import type { ListSettings } from './list-alerts.js';
import { oddAlert } from './odd-alerts.js';
import { PageDesk } from './page.js';
import { defaultSearchableFields } from './search-filter.js';
import { sendAnswer } from './send-answer.js';
import { SwitchBoard } from './switch-board.js';
import { TokenDesk } from './token-desk.js';

/** How the emulator starts. */
export interface EmulatorOptions extends Partial<ListSettings> {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly now?: () => number;
  readonly keyId: string;
  readonly secret: string;
  /** The longest life of a token, in seconds; an hour when not given. */
  readonly tokenSeconds?: number;
  /** The budget of each API function; 480 when not given. */
  readonly rateLimitPerHour?: number;
  /** Serves https with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** One call that the emulator received; never a secret or a token. */
export interface EmulatorCall {
  /** Milliseconds, by the emulator's clock. */
  readonly at: number;
  readonly called: ApiFunction | 'other';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly page: number | undefined;
  /** The body of a search. */
  readonly search: string | undefined;
  readonly accountName: string | undefined;
  readonly orgAccess: string | undefined;
  /** The status that was answered, or would have been, had the connection lived. */
  readonly status: number;
  readonly fault: Fault['kind'] | undefined;
}

/** A Lacework API on loopback. */
export interface Emulator {
  /** Where it is, for instance `http://127.0.0.1:40001`. */
  readonly url: string;
  /** Every call so far, in order. */
  readonly calls: EmulatorCall[];
  /** How many of the alerts added singly have been in a page so far, each counted once. */
  readonly listed: number;
  /** May be changed at any time. */
  readonly settings: ListSettings;
  readonly faults: {
    /** Switches a fault on, and returns what switches it off. */
    set(fault: Fault, onSpent?: () => void): () => void;
    clear(): void;
    active(): Fault[];
  };
  /** Adds an alert by its exact JSON text. */
  add(text: string, options?: AlertOptions): StoredAlert;
  /** Adds a crowd of alerts that takes no memory. */
  addGenerated(options: GeneratedOptions): GeneratedAlerts;
  /** Changes fields of an alert; every other byte of its text stays. */
  change(id: string | number, changes: AlertChanges): void;
  remove(id: string | number): void;
  /** Shows another certificate to every client from now on; for a server that serves https. */
  showCertificate(certificate: { readonly key: string; readonly cert: string }): void;
  /** Every token ends now. */
  expireTokens(): void;
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

/** Starts a Lacework API on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const now = options.now ?? Date.now;
  const settings: ListSettings = {
    pageSize: options.pageSize ?? 1000,
    order: options.order ?? 'ascending',
    whenNothing: options.whenNothing ?? 'no-content',
    searchableFields: options.searchableFields ?? defaultSearchableFields,
  };
  const { keyId, secret, tokenSeconds = 3600 } = options;
  const parts: ApiParts = {
    now,
    store: new AlertStore(),
    pages: new PageDesk(),
    tokens: new TokenDesk({ keyId, secret, tokenSeconds, now }),
    budget: new CallBudget(options.rateLimitPerHour ?? 480, now),
    faults: new SwitchBoard<Fault>(),
    settings,
  };
  const calls: EmulatorCall[] = [];
  const scheme = options.tls ? 'https' : 'http';
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    // A client that hangs up in the middle is no failure of the server.
    void handle(scheme, request, response, parts, calls).catch(() => response.destroy());
  const tlsServer = options.tls && createTlsServer(options.tls, answer);
  const server = tlsServer ?? createServer(answer);
  server.keepAliveTimeout = 300_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  let odd = 0;
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get listed() {
      return parts.store.listed;
    },
    settings,
    faults: {
      set(fault, onSpent) {
        if (fault.kind !== 'odd-alert') return parts.faults.set(fault, onSpent);
        odd += 1;
        const startTime = now() - 60_000;
        parts.store.add(oddAlert(fault.odd, odd, startTime), { startTime });
        return () => {};
      },
      clear: () => parts.faults.clear(),
      active: () => parts.faults.active(),
    },
    add: (alert, alertOptions) => parts.store.add(alert, alertOptions),
    addGenerated: (generated) => parts.store.addGenerated(generated),
    change(id, changes) {
      const alert = parts.store.get(id);
      alert.text = changeFields(alert.text, changes);
    },
    remove: (id) => parts.store.remove(id),
    showCertificate(certificate) {
      tlsServer?.setSecureContext(certificate);
      // A connection that is kept open has no need of another.
      tlsServer?.closeAllConnections();
    },
    expireTokens: () => parts.tokens.revokeAll(),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handle(
  scheme: string,
  request: IncomingMessage,
  response: ServerResponse,
  parts: ApiParts,
  calls: EmulatorCall[],
): Promise<void> {
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', `${scheme}://${request.headers.host ?? '127.0.0.1'}`);
  const body = await text(request);
  const { called, page, answer, breakage, fault, clockOffsetMs } = replyTo({ method, url, header, body }, parts);
  calls.push({
    at: parts.now(),
    called,
    method,
    path: url.pathname + url.search,
    page,
    search: called === 'list' && method === 'POST' ? body : undefined,
    accountName: header('account-name'),
    orgAccess: header('org-access'),
    status: answer.status,
    fault,
  });
  response.sendDate = false;
  response.setHeader('Date', new Date(parts.now() + clockOffsetMs).toUTCString());
  await sendAnswer(response, answer, breakage);
}
