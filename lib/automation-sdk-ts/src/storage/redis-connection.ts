import { createClient, ErrorReply, TimeoutError } from '@redis/client';
import { DeadlineError, withDeadline } from './deadline.js';
import { errorCode } from './error-code.js';

/** What runs commands. */
export type RedisClient = ReturnType<typeof createClientFor>;

/** One command may last this long, the wait for a connection included. */
const DEADLINE_MS = 5_000;
/** While the connection is known to be lost, a command waits for it only so long. */
const RECONNECT_PATIENCE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 4_000;
const LONGEST_PAUSE_MS = 1_000;

/** Why a command was not done, by the server's or the system's code. */
class RedisFailure extends Error {
  readonly code: string | undefined;

  constructor(code: string | undefined, cause: unknown) {
    super(cause instanceof Error ? cause.message : 'failed', { cause });
    this.code = code;
  }
}

/**
 * The connection to a Redis server, for the state and the leases together. It is made at the first command, and again
 * by itself when it is lost; a command waits for it, but no longer than its deadline.
 */
export class RedisConnection {
  readonly #url: URL;
  #client: RedisClient | undefined;
  #lastError: unknown;

  constructor(url: URL) {
    this.#url = url;
  }

  /** Runs a command; a failure carries a code that says why. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    this.#client ??= this.#connect();
    const client = this.#client;
    // A command that waits for the connection longer than this is taken back, and will not be done later.
    const timeout = this.#lastError === undefined ? DEADLINE_MS : RECONNECT_PATIENCE_MS;
    try {
      return await withDeadline(DEADLINE_MS, command(client.withCommandOptions({ timeout })));
    } catch (error) {
      const failure = new RedisFailure(this.#codeOf(error, client), error);
      if (this.#isStuck(error)) this.#leave(client);
      throw failure;
    }
  }

  /** Ends the connection; commands under way fail. */
  close(): void {
    this.#client?.destroy();
    this.#client = undefined;
  }

  /** Whether the server neither answers nor breaks the connection: only a new one can help. */
  #isStuck(error: unknown): boolean {
    return error instanceof DeadlineError || (error instanceof TimeoutError && this.#lastError === undefined);
  }

  #leave(client: RedisClient): void {
    // Another command may have left it already, and the connection is a new one.
    if (this.#client === client) this.close();
  }

  #connect(): RedisClient {
    const client = createClientFor(this.#url);
    client.on('error', (error: unknown) => {
      this.#lastError = error;
    });
    // Not only when it is ready: a server that takes the connection and then never answers must be known as stuck.
    client.on('connect', () => {
      this.#lastError = undefined;
    });
    // It rejects only when it is closed first; why it has not come about yet, the listener knows.
    client.connect().catch(() => undefined);
    return client;
  }

  #codeOf(error: unknown, client: RedisClient): string | undefined {
    const reason = client.isReady ? error : (this.#lastError ?? error);
    // The protocol's errors begin with their code.
    return reason instanceof ErrorReply ? reason.message.split(' ')[0] : errorCode(reason);
  }
}

function createClientFor(url: URL) {
  return createClient({
    url: url.href,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, LONGEST_PAUSE_MS),
    },
  });
}
