import { afterAll, beforeAll } from '@jest/globals';
import { systemClock } from '@sekoia/automation-sdk-ts';
import { fileNameOf } from '../../../lib/automation-sdk-ts/src/storage/key-names.js';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { S3Client } from '../../../lib/automation-sdk-ts/src/storage/s3-client.js';
import { describeStorage } from './conformance.js';
import { createS3, type S3Server } from './servers/s3.js';

const FOLDER = 'sub folder/é/state/';

let server: S3Server;
beforeAll(async () => {
  server = await createS3();
  await server.start();
});
afterAll(() => server.remove());

async function open() {
  const { storage } = await openStorage({
    dataPath: server.bucket,
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
  open,
  readText: async (key) => (await call('GET', fileNameOf(key))).text,
  writeText: async (key, text) => {
    await call('PUT', fileNameOf(key), text);
  },
  readSetAside: async (name) => (await call('GET', name)).text,
  many: 100,
});
