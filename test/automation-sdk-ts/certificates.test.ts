import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Connector,
  createHttpClient,
  createHttpSettings,
  describeNetworkError,
  trustedAuthorities,
} from '@sekoia/automation-sdk-ts';
import { makeCertificate } from '../helpers/certificate.js';
import { steppedClocks } from '../helpers/stepped-clock.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';
import {
  type Account,
  type Configuration,
  configurationSchema,
  idleConnector,
  type ModuleRun,
  startModule,
} from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

type Pair = Awaited<ReturnType<typeof makeCertificate>>;

describe('a platform with a certificate of its own', () => {
  const newClock = steppedClocks();
  let own: Pair;
  let client: Pair;
  let platform: PlatformServer;
  let run: ModuleRun | undefined;

  beforeAll(async () => {
    own = await makeCertificate();
    client = await makeCertificate();
  });

  beforeEach(async () => {
    platform = await startPlatformServer({ ...own, requestCert: true, rejectUnauthorized: true, ca: [client.cert] });
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  /** A server that asks for a certificate, and keeps whether one was shown. */
  const startOther = async () => {
    const shown: boolean[] = [];
    const other: Server = createServer(
      { ...own, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        shown.push(Object.keys((request.socket as TLSSocket).getPeerCertificate()).length > 0);
        response.end('{}');
      },
    );
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', () => listening()));
    const { port } = other.address() as AddressInfo;
    const close = () => {
      other.close();
      other.closeAllConnections();
    };
    return { port, shown, close };
  };

  it('is called with ca_cert, client_cert and client_key, and nobody else sees the client certificate', async () => {
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      environment: { CA_CERT: own.cert, CLIENT_CERT: client.cert, CLIENT_KEY: client.key },
    });
    const { http } = await context;
    expect(platform.to('/secrets')).toHaveLength(1);

    const { port, shown, close } = await startOther();
    const settings = { settings: http, userAgent: 'sample', timeoutMs: 5_000, maxBodyBytes: 1_000 };
    expect(await createHttpClient(settings).get(`https://127.0.0.1:${port}`).json()).toEqual({});
    expect(shown).toEqual([false]);
    close();
  });

  it('has a bucket that is called with client_cert and client_key, too', async () => {
    const { port, shown, close } = await startOther();
    const item = new Connector<Account, Configuration>({ configuration: configurationSchema, run: async () => {} });
    run = await startModule({
      platform,
      item,
      environment: {
        CA_CERT: own.cert,
        CLIENT_CERT: client.cert,
        CLIENT_KEY: client.key,
        FILE_BACKEND: 'S3',
        AWS_BUCKET_NAME: 'kept',
        AWS_DEFAULT_REGION: 'eu-west-3',
        AWS_ACCESS_KEY_ID: 'key-id',
        AWS_SECRET_ACCESS_KEY: 'marker-bucket-secret',
        AWS_S3_ENDPOINT_URL: `https://127.0.0.1:${port}`,
      },
    });
    await waitUntil('a call to the bucket', () => shown.length > 0);
    expect(shown[0]).toBe(true);
    close();
  });

  it.each([
    ['CLIENT_CERT', { CLIENT_CERT: 'no certificate', CLIENT_KEY: 'no key' }, 'client_cert'],
    ['CA_CERT', { CA_CERT: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----' }, 'ca_cert'],
  ])('is not called when %s is none', async (_, environment, name) => {
    const clock = newClock();
    run = await startModule({ platform, item: idleConnector().item, clock, environment });
    await clock.runUntil('a line', () => run?.lines.length === 1, 60_000);
    expect(run.lines[0]?.message).toContain(`The platform's value ${name} is not a certificate in PEM form`);
    expect(platform.calls).toEqual([]);
  });
});

describe('the trusted authorities', () => {
  it('are those of Node, those of NODE_EXTRA_CA_CERTS and the one of the platform', async () => {
    const [extra, added, stranger] = await Promise.all(
      ['Extra', 'Added', 'Stranger'].map((commonName) => makeCertificate({ commonName })),
    );
    if (!extra || !added || !stranger) throw new Error('unreachable');
    const directory = await temporaryDirectory();
    await writeFile(`${directory.path}/extra.pem`, extra.cert);
    const certificates = await trustedAuthorities(added.cert, { NODE_EXTRA_CA_CERTS: `${directory.path}/extra.pem` });
    expect(certificates.ca?.length).toBeGreaterThan(100);
    const client = createHttpClient({
      settings: await createHttpSettings({}, certificates),
      userAgent: 'sample',
      timeoutMs: 5_000,
      maxBodyBytes: 1_000_000,
    });
    const outcomes: string[] = [];
    for (const pair of [extra, added, stranger]) {
      const server = await startPlatformServer(pair);
      outcomes.push(
        await client(server.url).then(
          () => 'trusted',
          (error) => describeNetworkError(error).kind,
        ),
      );
      await server.close();
    }
    await directory.remove();
    expect(outcomes).toEqual(['trusted', 'trusted', 'certificate']);
  });

  it('are left to Node when the platform names none', async () => {
    expect(await trustedAuthorities(undefined, { NODE_EXTRA_CA_CERTS: '/nowhere' })).toEqual({});
  });
});
