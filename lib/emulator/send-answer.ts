import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.js';
import type { Misbehaviour } from './faults.js';

const BREAKAGES = [
  'truncated-json',
  'endless-body',
  'reset-before-headers',
  'reset-mid-body',
  'hang-before-headers',
  'hang-mid-body',
  'slow-body',
] as const satisfies readonly Misbehaviour['kind'][];

/** A fault of the way from the server to the client. */
export type Breakage = Extract<Misbehaviour, { kind: (typeof BREAKAGES)[number] }>;

/** Whether the fault strikes the answer on its way. */
export function isBreakage<Fault extends { kind: string }>(fault: Fault): fault is Extract<Fault, Breakage> {
  return BREAKAGES.some((kind) => kind === fault.kind);
}

/** Sends the answer, whole or as the breakage spoils it; resolves when nothing more will be sent. */
export async function sendAnswer(response: ServerResponse, answer: Answer, breakage?: Breakage): Promise<void> {
  const length = answer.body.reduce((sum, piece) => sum + piece.length, 0);
  const whole = () => Buffer.concat(answer.body);
  const half = () => whole().subarray(0, Math.floor(length / 2));
  const writeHead = (bytes: number) =>
    response.writeHead(
      answer.status,
      answer.status === 204 ? answer.headers : { ...answer.headers, 'Content-Length': bytes },
    );
  switch (breakage?.kind) {
    case undefined:
      writeHead(length);
      response.cork();
      for (const piece of answer.body) response.write(piece);
      response.end();
      return;
    case 'truncated-json':
      writeHead(half().length);
      response.end(half());
      return;
    case 'endless-body':
      response.writeHead(answer.status, answer.headers);
      // Only the client can end it, by hanging up.
      return pipeline(alertsWithoutEnd(), response).catch(() => undefined);
    case 'reset-before-headers':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-mid-body':
      writeHead(length);
      response.write(half(), () => response.socket?.resetAndDestroy());
      return;
    case 'hang-before-headers':
      return silence(response, breakage.forMs);
    case 'hang-mid-body':
      writeHead(length);
      response.write(half());
      return silence(response, breakage.forMs);
    case 'slow-body':
      writeHead(length);
      response.flushHeaders();
      return trickle(response, whole(), breakage);
  }
}

/** Alerts, as fast as the client takes them. */
function* alertsWithoutEnd(): Generator<Buffer, never> {
  yield Buffer.from('{"data":[');
  const alerts = Buffer.from('{"alertId":1,"alertInfo":{"description":"Without end."}},'.repeat(1000));
  for (;;) yield alerts;
}

/** Nothing, until the client hangs up or `forMs` have passed. */
async function silence(response: ServerResponse, forMs: number | undefined): Promise<void> {
  const timer = forMs === undefined ? undefined : setTimeout(() => response.socket?.resetAndDestroy(), forMs);
  await once(response, 'close');
  clearTimeout(timer);
}

/** A few bytes at a time. */
async function trickle(
  response: ServerResponse,
  body: Buffer,
  { everyMs = 1000, bytes = 1 }: Extract<Breakage, { kind: 'slow-body' }>,
): Promise<void> {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + bytes));
    sent += bytes;
    if (sent >= body.length) response.end();
  }, everyMs);
  await once(response, 'close');
  clearInterval(timer);
}
