import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { jsonAnswer } from '../../emulator/answer.js';
import { isBreakage, sendAnswer } from '../../emulator/send-answer.js';
import { SwitchBoard } from '../../emulator/switch-board.js';
import { countBatch, readBatch, unpack } from './batch.js';
import type { IntakeFault } from './intake-faults.js';
import { judgeBatch, strikesBatch, type Verdict } from './judge-batch.js';
import { type LoopbackServer, readBody, startLoopbackServer } from './loopback-server.js';

/** How the intake starts. */
export interface IntakeOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly now?: () => number;
  /** The keys that are accepted; more can be added to `Intake.keys` later. */
  readonly keys?: Iterable<string>;
  /** Keeps every accepted event in `Intake.events`; true when not given. */
  readonly keepEvents?: boolean;
  /** Only counts events, neither reading nor keeping them: for measuring. */
  readonly countOnly?: boolean;
  readonly onEvents?: (events: readonly AcceptedEvent[]) => void;
  /** Is told of every acknowledged batch, with its uncompressed body. */
  readonly onBatch?: (count: number, body: Buffer) => void;
}

/** An event that the intake has stored. */
export interface AcceptedEvent {
  readonly id: string;
  /** Milliseconds, by the intake's clock. */
  readonly at: number;
  readonly intakeKey: string;
  /** The event's exact text. */
  readonly text: string;
}

/** A request that the intake has read. */
export interface IntakeRequest {
  readonly at: number;
  readonly status: number;
  /** How many events it carried. */
  readonly events: number;
  /** How many of them were stored. */
  readonly stored: number;
  /** The body's length as sent, and uncompressed. */
  readonly bytesSent: number;
  readonly bytes: number;
  readonly fault: IntakeFault['kind'] | undefined;
}

/** An intake on loopback. */
export interface Intake {
  /** The intake server; `/batch` is appended. */
  readonly url: string;
  readonly keys: Set<string>;
  readonly events: AcceptedEvent[];
  /** How many events were ever stored. */
  readonly accepted: number;
  readonly requests: IntakeRequest[];
  readonly faults: {
    /** Switches a fault on, and returns what switches it off. */
    set(fault: IntakeFault, onSpent?: () => void): () => void;
    clear(): void;
    active(): IntakeFault[];
  };
  close(): Promise<void>;
}

const PREFIX = '/api/v1/intake-http';

/** Starts an intake on 127.0.0.1. */
export async function startIntake(options: IntakeOptions = {}): Promise<Intake> {
  const desk = new IntakeDesk(options);
  const server = await startLoopbackServer(options.port ?? 0, (request, response) => {
    // A client that hangs up in the middle is no failure of the server.
    void desk.receive(request, response).catch(() => response.destroy());
  });
  const faults = faultsOf(desk.board, server);
  return {
    url: server.url + PREFIX,
    keys: desk.keys,
    events: desk.events,
    get accepted() {
      return desk.accepted;
    },
    requests: desk.requests,
    faults,
    close: () => server.close(),
  };
}

/** The switches; that for `down` moves the server itself. */
function faultsOf(board: SwitchBoard<IntakeFault>, server: LoopbackServer): Intake['faults'] {
  const isDown = () => board.active().some(({ kind }) => kind === 'down');
  const comeUpUnlessDown = (wasDown: boolean) => {
    if (wasDown && !isDown()) server.comeUp();
  };
  return {
    set(fault, onSpent) {
      if (fault.kind === 'down' && !isDown()) server.goDown();
      const off = board.set(fault, onSpent);
      return () => {
        const wasDown = isDown();
        off();
        comeUpUnlessDown(wasDown);
      };
    },
    clear() {
      const wasDown = isDown();
      board.clear();
      comeUpUnlessDown(wasDown);
    },
    active: () => board.active(),
  };
}

/** Receives batches. */
class IntakeDesk {
  readonly board = new SwitchBoard<IntakeFault>();
  readonly keys: Set<string>;
  readonly events: AcceptedEvent[] = [];
  readonly requests: IntakeRequest[] = [];
  accepted = 0;
  readonly #options: IntakeOptions;
  readonly #now: () => number;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.keys = new Set(options.keys);
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== `${PREFIX}/batch`) {
      return sendAnswer(response, jsonAnswer(404, { message: 'Not found' }));
    }
    const early = this.board.strike(({ kind }) => kind === 'reset-mid-request' || kind === 'slow-reader');
    if (early?.kind === 'reset-mid-request') {
      request.once('data', () => request.socket.resetAndDestroy());
      return;
    }
    if (early?.kind === 'slow-reader') return readSlowly(request, early.everyMs ?? 1000);

    const sent = await readBody(request);
    const body = await unpack(sent, request.headers['content-encoding']);
    const isBody = Buffer.isBuffer(body);
    const batch = isBody ? (this.#options.countOnly ? countBatch(body) : readBatch(body)) : body;
    const bytes = isBody ? body.length : 0;
    const fault = this.board.strike((one) => strikesBatch(one, batch, bytes));
    const verdict = judgeBatch(batch, this.keys, fault);
    this.requests.push({
      at: this.#now(),
      status: verdict.answer.status,
      events: 'count' in batch ? batch.count : 0,
      stored: verdict.ids.length,
      bytesSent: sent.length,
      bytes,
      fault: fault?.kind,
    });
    if (isBody && 'key' in batch && verdict.ids.length > 0) this.#store(batch.key, verdict, body);

    if (fault?.kind === 'stores-then-resets') request.socket.resetAndDestroy();
    if (fault?.kind === 'late-answer') await answerLate(response, fault.afterMs);
    if (!response.destroyed) await sendAnswer(response, verdict.answer, fault && isBreakage(fault) ? fault : undefined);
  }

  #store(intakeKey: string, { ids, texts }: Verdict, body: Buffer): void {
    this.accepted += ids.length;
    this.#options.onBatch?.(ids.length, body);
    if (!texts) return;
    const at = this.#now();
    const events = ids.map((id, index): AcceptedEvent => ({ id, at, intakeKey, text: texts[index] ?? '' }));
    if (this.#options.keepEvents ?? true) this.events.push(...events);
    this.#options.onEvents?.(events);
  }
}

/** Waits, or until the client hangs up. */
async function answerLate(response: ServerResponse, afterMs: number): Promise<void> {
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  await delay(afterMs, undefined, { signal: hungUp.signal }).catch(() => undefined);
}

/** Takes one byte at a time, until the client hangs up. */
async function readSlowly(request: IncomingMessage, everyMs: number): Promise<void> {
  const timer = setInterval(() => request.read(1), everyMs);
  // Until something asks for data, the stream reads nothing ahead and answers nothing.
  request.on('readable', () => undefined);
  await once(request.socket, 'close');
  clearInterval(timer);
}
