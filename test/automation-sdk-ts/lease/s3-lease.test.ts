import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StorageError, systemClock } from '@sekoia/automation-sdk-ts';
import { S3LeaseStore } from '../../../lib/automation-sdk-ts/src/lease/s3-lease-store.js';
import { S3Client } from '../../../lib/automation-sdk-ts/src/storage/s3-client.js';
import { createS3, type S3Server } from '../storage/servers/s3.js';
import { describeLeases } from './conformance.js';

let server: S3Server;
beforeAll(async () => {
  server = await createS3();
  await server.start();
});
afterAll(() => server.remove());

const open = () => new S3LeaseStore(new S3Client(server.bucket, systemClock), 'leases/', systemClock);

describeLeases('s3', open);

describe('lease: s3', () => {
  it('goes on after a renewal whose answer was lost', async () => {
    const leases = open();
    expect(await leases.acquire('answer lost', 'a', 60_000)).toBe(true);
    server.loseAnswers(1);
    await expect(leases.renew('answer lost', 'a')).rejects.toThrow(StorageError);
    expect(await leases.renew('answer lost', 'a')).toBe(true);
  });
});
