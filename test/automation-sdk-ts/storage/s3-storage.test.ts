import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, StorageError, systemClock } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { fileNameOf } from '../../../lib/automation-sdk-ts/src/storage/key-names.js';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { S3Client } from '../../../lib/automation-sdk-ts/src/storage/s3-client.js';
import { describeStorage } from './conformance.js';
import { describeOutage } from './outage.js';
import { createS3, type S3Server } from './servers/s3.js';

const FOLDER = 'sub folder/é/state/';

let server: S3Server;
beforeAll(async () => {
  server = await createS3();
  await server.start();
});
afterAll(() => server.remove());

async function open(bucket = server.bucket) {
  const { storage } = await openStorage({
    dataPath: bucket,
    identity: 'test',
    clock: systemClock,
    host: { root: '/', env: {} },
  });
  return storage;
}

function call(method: 'GET' | 'PUT', name: string, body?: string) {
  const client = new S3Client(server.bucket, systemClock);
  return client.call({
    method,
    name: name.startsWith(FOLDER) ? name : FOLDER + name,
    ...(body === undefined ? {} : { body }),
  });
}

describeStorage('s3', {
  open: () => open(),
  readText: async (key) => (await call('GET', fileNameOf(key))).text,
  writeText: async (key, text) => {
    await call('PUT', fileNameOf(key), text);
  },
  readSetAside: async (name) => (await call('GET', name)).text,
  many: 100,
});

describeOutage(
  's3',
  () => server,
  () => open({ ...server.bucket, folder: 'outage' }),
);

describe('storage: s3', () => {
  it('asks again when the service says to come back later, and gives up after three times', async () => {
    const storage = await open();
    server.refuse(2, 503);
    await storage.set('busy', 1);
    server.refuse(2, 429);
    expect(await storage.get('busy', z.number())).toBe(1);
    server.refuse(3, 500);
    await expect(storage.get('busy', z.number())).rejects.toThrow('(HTTP 500)');
    expect(await storage.get('busy', z.number())).toBe(1);
  });

  it('writes again when the answer was lost', async () => {
    const storage = await open();
    server.loseAnswers(1);
    await storage.set('lost answer', 1);
    expect(await storage.get('lost answer', z.number())).toBe(1);
  });

  it.each([
    [
      'a wrong secret',
      { secretAccessKey: new Secret('wrong') },
      'SignatureDoesNotMatch',
      'Correct the secret access key.',
    ],
    ['an unknown key', { accessKeyId: 'UNKNOWN' }, 'InvalidAccessKeyId', 'Correct the access key.'],
    ['a bucket that is not there', { bucket: 'no-bucket' }, 'NoSuchBucket', 'Create the bucket, or correct its name.'],
  ])('throws and says what to do for %s', async (_, wrong, code, advice) => {
    const storage = await open({ ...server.bucket, ...wrong });
    const error = await storage.get('any', z.unknown()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageError);
    expect((error as StorageError).message).toBe(
      `The store ${storage.description} failed while reading any (${code}). ${advice}`,
    );
    await expect(storage.keys('')).rejects.toThrow(StorageError);
  });

  it('lists more keys than the service answers at a time', async () => {
    const storage = await open({ ...server.bucket, folder: 'paged' });
    const keys = Array.from({ length: 90 }, (_, index) => String(index).padStart(4, '0'));
    await Promise.all(keys.map((key) => storage.set(key, 0)));
    expect(await storage.keys('')).toEqual(keys);
  });
});
