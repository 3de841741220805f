import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { Got, Method } from 'got';
import type { Clock } from '../clock.js';
import { createHttpClient } from '../http.js';
import type { DataBucket } from './data-path.js';
import { DeadlineError } from './deadline.js';

/** The service's own answer to a call that it refused; `code` is its name for the reason, or `HTTP` and the status. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string) {
    super(`The service answered with status ${status}`);
    this.status = status;
    this.code = code;
  }
}

/** A call for one object, or for the bucket when `name` is empty. */
export interface S3Call {
  readonly method: Method;
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the service answered. */
export interface S3Answer {
  readonly text: string;
  /** The version of the object. */
  readonly etag: string;
}

/** All attempts of one call together may last this long. */
const DEADLINE_MS = 5_000;
const ATTEMPTS = 3;
const PAUSE_MS = 250;
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** Signed calls to one bucket of an S3-compatible service, by paths (`/bucket/name`), which every such service knows. */
export class S3Client {
  readonly #bucket: DataBucket;
  readonly #clock: Clock;
  readonly #http: Got;
  /** Signing keys, valid for a day. */
  readonly #signingKeys = new Map<string, ArrayBuffer>();

  constructor(bucket: DataBucket, clock: Clock) {
    this.#bucket = bucket;
    this.#clock = clock;
    this.#http = createHttpClient({
      settings: bucket.http,
      userAgent: 'automation-sdk-ts',
      timeoutMs: DEADLINE_MS,
      maxBodyBytes: LARGEST_ANSWER_BYTES,
    });
  }

  /** The URL of an object, for a person too: it carries no credential. */
  urlOf(name: string): string {
    const { bucket, region, endpoint } = this.#bucket;
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const base = (endpoint ?? `https://s3.${region}.${domain}`).replace(/\/+$/, '');
    return `${base}/${bucket}${name === '' ? '' : `/${encodePath(name)}`}`;
  }

  /** Makes the call, again after a passing failure; throws S3Error when the service refuses it. */
  async call(call: S3Call): Promise<S3Answer> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.callOnce(call, deadline);
      } catch (error) {
        if (attempt === ATTEMPTS || deadline.aborted || !isPassing(error)) throw error;
        await this.#clock.sleep(PAUSE_MS * attempt, deadline);
      }
    }
  }

  /** Makes the call once: for what must not be done twice. */
  async callOnce(call: S3Call, deadline = AbortSignal.timeout(DEADLINE_MS)): Promise<S3Answer> {
    const { url, headers } = await this.#sign(call);
    const { method, body: sent } = call;
    const options = { method, headers, signal: deadline, ...(sent === undefined ? {} : { body: sent }) };
    const {
      statusCode,
      body,
      headers: answered,
    } = await this.#http(url, options).catch((error: unknown) => {
      throw deadline.aborted ? new DeadlineError(`No answer within ${DEADLINE_MS} ms`, { cause: error }) : error;
    });
    if (statusCode < 200 || statusCode > 299) throw new S3Error(statusCode, codeIn(body) ?? `HTTP ${statusCode}`);
    return { text: body, etag: answered.etag ?? '' };
  }

  async #sign({
    method,
    name,
    query,
    headers,
    body = '',
  }: S3Call): Promise<{ url: URL; headers: Record<string, string> }> {
    const { region, accessKeyId, secretAccessKey, sessionToken } = this.#bucket;
    const url = new URL(this.urlOf(name));
    for (const [parameter, value] of Object.entries(query ?? {})) url.searchParams.set(parameter, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
      accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      ...(sessionToken && { sessionToken: sessionToken.reveal() }),
      service: 's3',
      region,
      cache: this.#signingKeys,
    }).sign();
    return { url: signed.url, headers: Object.fromEntries(signed.headers) };
  }
}

/** A name as the path of a URL. */
function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

/** Whether the same call may do better in a moment: no answer at all, or one that says so. */
function isPassing(error: unknown): boolean {
  return !(error instanceof S3Error) || error.status >= 500 || error.status === 429;
}

function codeIn(body: string): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1];
}
