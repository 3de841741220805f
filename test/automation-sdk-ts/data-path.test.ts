import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type HttpSettings, Secret, systemClock } from '@sekoia/automation-sdk-ts';
import { closeHttpSettings, createHttpSettings } from '../../lib/automation-sdk-ts/src/http.js';
import { readRuntimeValues } from '../../lib/automation-sdk-ts/src/runtime-values.js';
import { dataPathOf } from '../../lib/automation-sdk-ts/src/state.js';
import { S3Client } from '../../lib/automation-sdk-ts/src/storage/s3-client.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const BUCKET_VALUES = {
  AWS_BUCKET_NAME: 'kept',
  AWS_DEFAULT_REGION: 'eu-west-3',
  AWS_ACCESS_KEY_ID: 'key-id',
  AWS_SECRET_ACCESS_KEY: 'marker-secret',
};

describe('the data path', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let http: HttpSettings;
  let server: Server | undefined;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    http = await createHttpSettings({});
  });

  afterEach(async () => {
    server?.close();
    server?.closeAllConnections();
    closeHttpSettings(http);
    await directory.remove();
  });

  const dataPath = async (values: Readonly<Record<string, string>>) =>
    dataPathOf(await readRuntimeValues({ SYMPHONY_DIR: directory.path, SYMPHONY_DATA_DIR: '/data', ...values }), http);

  const bucket = {
    kind: 'bucket',
    bucket: 'kept',
    region: 'eu-west-3',
    accessKeyId: 'key-id',
    secretAccessKey: new Secret('marker-secret'),
    folder: '',
  };

  it.each([
    ['nothing', {}, { kind: 'directory', path: '/data' }],
    ['a sub_folder', { SUB_FOLDER: 'one/two' }, { kind: 'directory', path: '/data/one/two' }],
    ['another file_backend', { FILE_BACKEND: 'local', ...BUCKET_VALUES }, { kind: 'directory', path: '/data' }],
    ['the values of a bucket alone', BUCKET_VALUES, { kind: 'directory', path: '/data' }],
    ['the file_backend S3', { FILE_BACKEND: 'S3', ...BUCKET_VALUES }, bucket],
    ['the file_backend s3', { FILE_BACKEND: 's3', ...BUCKET_VALUES }, bucket],
    [
      'S3 and a sub_folder',
      { FILE_BACKEND: 'S3', ...BUCKET_VALUES, SUB_FOLDER: '/one/two/' },
      { ...bucket, folder: 'one/two' },
    ],
    [
      'S3, a session token and an endpoint',
      {
        FILE_BACKEND: 'S3',
        ...BUCKET_VALUES,
        AWS_SESSION_TOKEN: 'marker-session',
        AWS_S3_ENDPOINT_URL: 'https://s3.example',
      },
      { ...bucket, sessionToken: new Secret('marker-session'), endpoint: 'https://s3.example' },
    ],
  ])('is, with %s, where the values say', async (_, values, expected) => {
    const { http: given, ...path } = { http, ...(await dataPath(values)) };
    expect(revealed(path)).toEqual(revealed(expected));
    expect(given).toBe(http);
  });

  it.each(Object.keys(BUCKET_VALUES))('can not be a bucket without %s', async (missing) => {
    const { [missing]: _, ...rest }: Record<string, string> = BUCKET_VALUES;
    await expect(dataPath({ FILE_BACKEND: 'S3', ...rest })).rejects.toThrow(
      `The platform's value ${missing.toLowerCase()} is missing`,
    );
  });

  it('in a bucket is asked for under sub_folder, with the session token', async () => {
    const asked: unknown[] = [];
    server = createServer(({ url, headers }, response) => {
      asked.push([url, headers['x-amz-security-token']]);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const path = await dataPath({
      FILE_BACKEND: 'S3',
      ...BUCKET_VALUES,
      SUB_FOLDER: 'one',
      AWS_SESSION_TOKEN: 'marker-session',
      AWS_S3_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    if (path.kind !== 'bucket') throw new Error('It is no bucket.');
    await new S3Client(path, systemClock).call({ method: 'GET', name: `${path.folder}/state` });
    expect(asked).toEqual([['/kept/one/state', 'marker-session']]);
  });
});

/** A secret is compared by its text: all secrets look alike. */
function revealed(path: object): unknown {
  return Object.fromEntries(
    Object.entries(path).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}
