import { finished } from 'node:stream';
import type { Got, OptionsInit, Request, Response } from 'got';
import type { BodyMemory } from './body-memory.js';
import { BodyTooLargeError, type HttpClientOptions } from './http.js';
import { asProxyError } from './http-proxy.js';

/** An answer, whatever its status. */
export interface Answer extends Pick<Response, 'statusCode' | 'headers' | 'redirectUrls'> {
  /** It lies in the caller's memory: good until that is used again. */
  readonly rawBody: Buffer;
}

/**
 * Makes one call of a client from createHttpClient, and reads the answer's body into `memory` as it comes. Got alone would keep all
 * pieces until the last is there, join them, and hold both until the next collection of old garbage.
 */
export async function readAnswer(
  http: Got,
  url: URL,
  options: OptionsInit,
  memory: BodyMemory,
  { settings, maxBodyBytes }: Pick<HttpClientOptions, 'settings' | 'maxBodyBytes'>,
): Promise<Answer> {
  const request = http.stream(url, { ...options, isStream: true });
  try {
    memory.clear();
    await new Promise<void>((resolve, reject) => {
      // Each piece is copied as it comes: one that waited for its turn would grow old meanwhile.
      request.on('data', (piece: Buffer) => {
        try {
          if (memory.length + piece.length > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
          memory.add(piece, Math.min(announced(request), maxBodyBytes));
        } catch (error) {
          reject(error);
        }
      });
      finished(request, { writable: false }, (error) => (error ? reject(error) : resolve()));
    });
    const { statusCode, headers, redirectUrls } = request.response as Response;
    return { statusCode, headers, redirectUrls, rawBody: memory.body };
  } catch (error) {
    throw await asProxyError(error, url, settings);
  } finally {
    // A stream that was read to its end does not let go of the signal by itself.
    request.destroy();
  }
}

/** The length that the answer's header names; compressed, it is too little. */
function announced({ response }: Request): number {
  return Number(response?.headers['content-length']) || 0;
}
