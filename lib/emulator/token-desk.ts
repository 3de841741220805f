import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from './api-error.js';

const tokenRequest = z.object({ keyId: z.string(), expiryTime: z.int().min(1).max(86_400).default(3600) });

/** An access key, and how long a token made with it lives at most. */
export interface TokenDeskOptions {
  readonly keyId: string;
  readonly secret: string;
  /** Seconds; a longer life asked for is cut to this. */
  readonly tokenSeconds: number;
  readonly now: () => number;
}

/** Makes tokens and knows which are good. */
export class TokenDesk {
  readonly #options: TokenDeskOptions;
  readonly #expiries = new Map<string, number>();

  constructor(options: TokenDeskOptions) {
    this.#options = options;
  }

  /** The answer to a request for a token; an ApiError for a wrong key or an unreadable request. */
  issue(secret: string | undefined, body: string): { readonly token: string; readonly expiresAt: string } {
    const request = tokenRequest.safeParse(parseJson(body));
    if (!request.success) throw new ApiError(400, 'The body must carry keyId and, perhaps, expiryTime up to 86400');
    if (secret !== this.#options.secret || request.data.keyId !== this.#options.keyId) {
      throw new ApiError(401, 'Unauthorized: the access key or its secret is wrong');
    }
    const token = `_${randomBytes(16).toString('hex')}`;
    const expiry = this.#options.now() + Math.min(request.data.expiryTime, this.#options.tokenSeconds) * 1000;
    this.#expiries.set(token, expiry);
    return { token, expiresAt: new Date(expiry).toISOString() };
  }

  /** Throws an ApiError 401 unless the header carries a token that is good now. */
  check(authorization: string | undefined): void {
    const expiry = this.#expiries.get(readBearer(authorization));
    if (expiry === undefined || expiry <= this.#options.now()) throw new ApiError(401, 'Unauthorized: token expired');
  }

  /** The token in the header is good no longer. */
  revoke(authorization: string | undefined): void {
    this.#expiries.delete(readBearer(authorization));
  }

  /** No token is good any longer. */
  revokeAll(): void {
    this.#expiries.clear();
  }
}

function readBearer(authorization: string | undefined): string {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
