import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Secret } from '@sekoia/automation-sdk-ts';
import S3rver from 's3rver';
import { createHttpSettings } from '../../../../lib/automation-sdk-ts/src/http.js';
import type { DataBucket } from '../../../../lib/automation-sdk-ts/src/storage/data-path.js';
import { freePort } from '../../../helpers/free-port.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';
import type { Server } from './server-process.js';

const BUCKET = 'state-bucket';

/** An S3-compatible service with one bucket, and a switch for its faults. */
export interface S3Server extends Server {
  readonly bucket: DataBucket;
  /** The next calls are answered with this status instead. */
  refuse(calls: number, status: number): void;
  /** The next calls are carried out, and their connections closed without an answer. */
  loseAnswers(calls: number): void;
}

/** The service of s3rver, which checks signatures, with the conditional writes that it lacks put in front. */
export async function createS3(): Promise<S3Server> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const app = new S3rver({ directory: directory.path, silent: true, configureBuckets: [{ name: BUCKET }] });
  const answer = app.callback();
  let frozen: Promise<void> = Promise.resolve();
  let thaw = () => {};
  let refusals = { calls: 0, status: 0 };
  let answersToLose = 0;
  let lastCall: Promise<unknown> = Promise.resolve();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (refusals.calls > 0) {
      refusals.calls -= 1;
      response.writeHead(refusals.status).end('<html>Try later</html>');
      return;
    }
    if (answersToLose > 0) {
      answersToLose -= 1;
      response.writeHead = () => response.destroy();
    }
    if (await isAllowed(app, request)) answer(request, response);
    else response.writeHead(412).end();
    if (!response.closed) await once(response, 'close');
  }

  // One call after the other: s3rver lets a reader see a half-written object, and looking and writing must be one step.
  const server = createServer(async (request, response) => {
    await frozen;
    lastCall = lastCall.then(() => serve(request, response));
    await lastCall;
  });

  async function kill(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    bucket: {
      kind: 'bucket',
      bucket: BUCKET,
      region: 'eu-west-3',
      accessKeyId: 'S3RVER',
      secretAccessKey: new Secret('S3RVER'),
      endpoint: `http://127.0.0.1:${port}/`,
      folder: '/sub folder/é/',
      http: createHttpSettings({}),
    },
    async start() {
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

async function isAllowed(app: S3rver, request: IncomingMessage): Promise<boolean> {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (match === undefined && noneMatch === undefined) return true;
  const [, bucket = '', ...key] = decodeURIComponent(request.url ?? '').split('/');
  const current = await app.store.getMetadata(bucket, key.join('/')).catch(() => undefined);
  return match === undefined ? current === undefined : current?.etag === match;
}
