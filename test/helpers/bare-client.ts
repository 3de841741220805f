import type { Emulator } from '../../lib/emulator/emulator.js';

/** The page of a list, as far as a test looks at it. */
export interface ListPage {
  readonly paging?: {
    readonly rows: number;
    readonly totalRows: number;
    readonly urls: { readonly nextPage: string | null };
  };
  readonly data: readonly { readonly alertId: number }[];
}

/** A client of the Lacework API without any virtue: it retries nothing and checks nothing. */
export interface BareClient {
  /** Calls with the token; a path is taken on the emulator, a full address as it is. */
  call(address: string, init?: RequestInit): Promise<Response>;
  list(from: number, to: number): Promise<Response>;
  /** Follows nextPage to its end, at most 50 pages. */
  readPages(from: number, to: number): Promise<ListPage[]>;
  /** Fetches another token, used from then on. */
  login(): Promise<void>;
}

/** A client that has a token. */
export async function logIn(emulator: Emulator, key: { keyId: string; secret: string }): Promise<BareClient> {
  let token = '';
  const call = (address: string, init: RequestInit = {}) =>
    fetch(new URL(address, emulator.url), {
      ...init,
      headers: { Authorization: `Bearer ${token}`, ...init.headers },
    });
  const list = (from: number, to: number) => call(listPath(from, to));
  const login = async () => {
    const response = await requestToken(emulator, key);
    ({ token } = (await response.json()) as { token: string });
  };
  await login();
  return {
    call,
    list,
    login,
    async readPages(from, to) {
      const pages: ListPage[] = [];
      let next: string | null | undefined = listPath(from, to);
      while (next && pages.length < 50) {
        const response = await call(next);
        if (response.status !== 200) throw new Error(`The page was answered with ${response.status}.`);
        const page = (await response.json()) as ListPage;
        pages.push(page);
        next = page.paging?.urls.nextPage;
      }
      return pages;
    },
  };
}

/** Asks for a token. */
export function requestToken(
  emulator: Emulator,
  { keyId, secret, expiryTime = 3600 }: { keyId: string; secret: string; expiryTime?: number },
): Promise<Response> {
  return fetch(new URL('/api/v2/access/tokens', emulator.url), {
    method: 'POST',
    headers: { 'X-LW-UAKS': secret, 'Content-Type': 'application/json' },
    body: JSON.stringify({ keyId, expiryTime }),
  });
}

function listPath(from: number, to: number): string {
  return `/api/v2/Alerts?startTime=${new Date(from).toISOString()}&endTime=${new Date(to).toISOString()}`;
}
