import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { parseJson } from './loopback-server.js';

const gunzipAsync = promisify(gunzip);

/** A body may hold that many bytes, uncompressed. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** An event may hold that many bytes of UTF-8. */
export const MAX_EVENT_BYTES = 250 * 1024;

const batchShape = z.object({ intake_key: z.string(), jsons: z.array(z.string()) });

/** A batch as it was sent. */
export interface Batch {
  readonly key: string;
  readonly count: number;
  /** The events' texts; absent when they were only counted. */
  readonly texts: readonly string[] | undefined;
}

/** Why a body is no batch. */
export interface Unreadable {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

/** The body's bytes without their compression. */
export async function unpack(body: Buffer, encoding: string | undefined): Promise<Buffer | Unreadable> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') return { status: 415, message: `Content-Encoding ${encoding} is not supported` };
  try {
    return await gunzipAsync(body, { maxOutputLength: 2 * MAX_BODY_BYTES });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { status: tooLarge ? 413 : 400, message: tooLarge ? 'The body is too large' : 'The body is not gzip' };
  }
}

/** Reads a batch and every event in it. */
export function readBatch(body: Buffer): Batch | Unreadable {
  if (body.length > MAX_BODY_BYTES) return { status: 413, message: 'The body is too large' };
  const batch = batchShape.safeParse(parseJson(body.toString()));
  if (!batch.success) return { status: 400, message: 'The body must carry intake_key and jsons' };
  const { intake_key: key, jsons: texts } = batch.data;
  return { key, count: texts.length, texts };
}

/**
 * Counts the events without reading them, for measuring with millions: between two events, and nowhere inside one, where
 * every quote is escaped, stands `","`. A body that is not written in the usual, compact way is read.
 */
export function countBatch(body: Buffer): Batch | Unreadable {
  const key = /^\{"intake_key":"([^"\\]*)","jsons":\["/.exec(body.toString('latin1', 0, 200))?.[1];
  if (key === undefined || body.length > MAX_BODY_BYTES) return readBatch(body);
  let count = 0;
  for (let at = body.indexOf('","'); at !== -1; at = body.indexOf('","', at + 3)) count += 1;
  // The first one stands between the key and the events: as many as there are events.
  return { key, count, texts: undefined };
}
