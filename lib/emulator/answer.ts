/** What a server has to say to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, in pieces. */
  readonly body: readonly Buffer[];
}

/** An answer whose body is the value as JSON. */
export function jsonAnswer(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return textAnswer(status, JSON.stringify(value), { 'Content-Type': 'application/json', ...headers });
}

/** An answer without a body. */
export function bareAnswer(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: [] };
}

/** What a proxy in between would answer in place of the server. */
export function htmlAnswer(): Answer {
  return textAnswer(
    200,
    '<!doctype html><html><head><title>Sign in</title></head><body>Sign in to go on.</body></html>',
    {
      'Content-Type': 'text/html; charset=utf-8',
    },
  );
}

function textAnswer(status: number, text: string, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: [Buffer.from(text)] };
}
