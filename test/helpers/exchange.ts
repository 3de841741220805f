import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** What a client sees of one request, down to how it ended. */
export interface Exchange {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What arrived of the body. */
  readonly body: string;
  /** `cut`: the client gave up after its patience or its fill; otherwise the code of the error, or `complete`. */
  readonly end: string;
}

/** Sends one request over a connection of its own, for `patienceMs` at most, and until `fillBytes` have arrived. */
export function exchange(
  address: string,
  {
    method = 'GET',
    headers = {},
    body,
    patienceMs = 5000,
    fillBytes = Number.POSITIVE_INFINITY,
  }: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly patienceMs?: number;
    readonly fillBytes?: number;
  } = {},
): Promise<Exchange> {
  return new Promise((resolve) => {
    let response: IncomingMessage | undefined;
    let received = '';
    const call = request(address, { method, headers, agent: false });
    const timer = setTimeout(() => finish('cut'), patienceMs);
    const finish = (end: string) => {
      clearTimeout(timer);
      resolve({ status: response?.statusCode, headers: response?.headers ?? {}, body: received, end });
      call.destroy();
    };
    const fail = (error: NodeJS.ErrnoException) => finish(error.code ?? error.message);
    call.on('error', fail);
    call.on('response', (incoming) => {
      response = incoming.setEncoding('utf8');
      response.on('data', (text: string) => {
        received += text;
        if (received.length >= fillBytes) finish('cut');
      });
      response.on('end', () => finish('complete'));
      response.on('error', fail);
    });
    call.end(body);
  });
}
