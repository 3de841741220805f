import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Secret } from '@sekoia/automation-sdk-ts';
import { sign } from 'aws4';
import S3rver, { type StoredObject } from 's3rver';
import { createHttpSettings } from '../../../../lib/automation-sdk-ts/src/http.js';
import type { DataBucket } from '../../../../lib/automation-sdk-ts/src/storage/data-path.js';
import { freePort } from '../../../helpers/free-port.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';
import type { Server } from './server-process.js';

const BUCKET = 'state-bucket';
const KEY_ID = 'S3RVER';
const PAGE = 40;

/** An S3-compatible service with one bucket, and a switch for its faults. */
export interface S3Server extends Server {
  readonly bucket: DataBucket;
  /** The next calls are answered with this status instead. */
  refuse(calls: number, status: number): void;
  /** The next calls are carried out, and their connections closed without an answer. */
  loseAnswers(calls: number): void;
}

/** The service of s3rver, and in front of it what that lacks: signatures, conditional writes, and lists of several pages. */
export async function createS3(): Promise<S3Server> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const app = new S3rver({ directory: directory.path, silent: true, configureBuckets: [{ name: BUCKET }] });
  app.store.putObject = (object) => putObject(app, object);
  const answer = app.callback();
  let frozen: Promise<void> = Promise.resolve();
  let thaw = () => {};
  let isDead = false;
  let refusals = { calls: 0, status: 0 };
  let answersToLose = 0;
  let lastCall: Promise<unknown> = Promise.resolve();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    // The caller has given up while it waited, or the service died before it came to this call.
    if (isDead || socket.destroyed) {
      socket.destroy();
      return;
    }
    if (refusals.calls > 0) {
      refusals.calls -= 1;
      response.writeHead(refusals.status).end('<html>Try later</html>');
      return;
    }
    if (answersToLose > 0) {
      answersToLose -= 1;
      response.writeHead = () => response.destroy();
    }
    const { searchParams, pathname } = new URL(request.url ?? '', 'http://service');
    if (!isSignedRightly(request)) response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    else if (!(await meetsCondition(app, request))) response.writeHead(412).end();
    else if (searchParams.has('list-type') && pathname === `/${BUCKET}` && keyIdOf(request) === KEY_ID)
      response.end(await list(app, searchParams));
    else await answer(request, response);
    if (!response.closed && !socket.destroyed) await once(response, 'close');
  }

  // One call after the other: s3rver lets a reader see a half-written object, and looking and writing must be one step.
  const server = createServer(async (request, response) => {
    await frozen;
    lastCall = lastCall.then(() => serve(request, response));
    await lastCall;
  });

  async function kill(): Promise<void> {
    if (!server.listening) return;
    isDead = true;
    // A call that the service has begun is done in whole or not at all; s3rver would do it in half.
    await lastCall;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  const http = await createHttpSettings({});
  return {
    url: `http://127.0.0.1:${port}`,
    bucket: {
      kind: 'bucket',
      bucket: BUCKET,
      region: 'eu-west-3',
      accessKeyId: KEY_ID,
      secretAccessKey: new Secret('S3RVER'),
      endpoint: `http://127.0.0.1:${port}/`,
      folder: '/sub folder/é/',
      http,
    },
    async start() {
      isDead = false;
      await app.configureBuckets();
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    kill,
    freeze() {
      frozen = new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw: () => thaw(),
    refuse(calls, status) {
      refusals = { calls, status };
    },
    loseAnswers(calls) {
      answersToLose = calls;
    },
    async remove() {
      thaw();
      await kill();
      await directory.remove();
    },
  };
}

/** s3rver's own acknowledges an object before its file is open: a deletion that follows can take the directory from under it. */
async function putObject({ store }: S3rver, { bucket, key, content, metadata }: StoredObject) {
  const body = await buffer(content);
  const path = store.getResourcePath(bucket, key, 'object');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, body);
  const md5 = createHash('md5').update(body).digest('hex');
  await store.putMetadata(bucket, key, metadata, md5);
  return { size: body.length, md5 };
}

function keyIdOf({ headers }: IncomingMessage): string {
  return /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** Signs the request again, by another implementation, and compares. */
function isSignedRightly(incoming: IncomingMessage): boolean {
  const { method, url = '', headers } = incoming;
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const request = { service: 's3', region: 'eu-west-3', path: url, method: method ?? '', headers: signed };
  const credentials = { accessKeyId: keyIdOf(incoming), secretAccessKey: 'S3RVER' };
  const again = sign(request, credentials).headers?.['Authorization'];
  return String(again).replaceAll(' ', '') === String(headers.authorization).replaceAll(' ', '');
}

async function meetsCondition(app: S3rver, request: IncomingMessage): Promise<boolean> {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (match === undefined && noneMatch === undefined) return true;
  const [, bucket = '', ...key] = decodeURIComponent(request.url ?? '').split('/');
  const current = await app.store.getMetadata(bucket, key.join('/')).catch(() => undefined);
  return match === undefined ? current === undefined : current?.etag === match;
}

/** A page of a list; s3rver makes the mark of the next page with a cipher that Node no longer has. */
async function list(app: S3rver, parameters: URLSearchParams): Promise<string> {
  const startAfter = Buffer.from(parameters.get('continuation-token') ?? '', 'base64').toString();
  const options = { prefix: parameters.get('prefix') ?? '', startAfter, maxKeys: PAGE };
  const { objects, isTruncated } = await app.store.listObjects(BUCKET, options);
  const keys = objects.map(({ key }) => `<Contents><Key>${encodeURIComponent(key)}</Key></Contents>`);
  const next = Buffer.from(objects.at(-1)?.key ?? '').toString('base64');
  const token = isTruncated ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
  return `<ListBucketResult>${token}${keys.join('')}</ListBucketResult>`;
}
