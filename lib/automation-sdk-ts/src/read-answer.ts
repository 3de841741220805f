import type { Got, OptionsInit, Request, Response } from 'got';
import { BodyTooLargeError, type HttpClientOptions } from './http.js';
import { asProxyError } from './http-proxy.js';

/** Memory for the bodies of answers that come one after another. It grows to the largest. */
export interface BodyMemory {
  bytes: Buffer;
}

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
    let length = 0;
    for await (const piece of request as AsyncIterable<Buffer>) {
      if (length + piece.length > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
      makeRoom(memory, length, length + piece.length, Math.min(announced(request), maxBodyBytes));
      length += piece.copy(memory.bytes, length);
    }
    const { statusCode, headers, redirectUrls } = request.response as Response;
    return { statusCode, headers, redirectUrls, rawBody: memory.bytes.subarray(0, length) };
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

function makeRoom(memory: BodyMemory, length: number, needed: number, announcedBytes: number): void {
  if (needed <= memory.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, announcedBytes, Math.ceil(memory.bytes.length * 1.5)));
  memory.bytes.copy(larger, 0, 0, length);
  memory.bytes = larger;
}
