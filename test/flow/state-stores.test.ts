import { afterEach, describe, expect, it } from '@jest/globals';
import { createPostgres } from '../automation-sdk-ts/storage/servers/postgres.js';
import { createRedis } from '../automation-sdk-ts/storage/servers/redis.js';
import { createS3 } from '../automation-sdk-ts/storage/servers/s3.js';
import { findProgram, type Server, skipNotice } from '../automation-sdk-ts/storage/servers/server-process.js';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage, type StartOptions } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

let stage: Stage;
let server: Server;
afterEach(async () => {
  await stage.close();
  await server.remove();
});

/** Seven alerts arrive, and a second start on the same state finds nothing new. */
async function expectStateKept(start: StartOptions): Promise<void> {
  stage = await openStage();
  for (let id = 1; id <= 7; id++) stage.emulator.add(alertText({ id, start: Date.now() - 3_600_000 }));
  const trigger = await stage.start(start);
  await waitUntil(`seven events; ${trigger.output()}`, () => trigger.output().includes('"poll_ended"'));
  expect(await trigger.stop()).toEqual({ code: 0, signal: null });
  expect(stage.intake.events).toHaveLength(7);
  // The store is named in the log, without its password.
  const { host } = new URL(server.url);
  expect(trigger.logs().find(({ message }) => message.startsWith('Started'))?.message).toContain(host);

  const again = await stage.start(start);
  await waitUntil('a poll that finds nothing', () => again.output().includes('"nothing_new"'));
  expect(await again.stop()).toEqual({ code: 0, signal: null });
  expect(again.output()).not.toContain('"first_start"');
  expect(stage.intake.events).toHaveLength(7);
}

describe('The built trigger keeps its state', () => {
  for (const [kind, name, create] of [
    ['Redis', 'redis-server', createRedis],
    ['PostgreSQL', 'postgres', createPostgres],
  ] as const) {
    const program = findProgram(name);
    if (program === undefined) it.skip(skipNotice(name), () => {});
    else {
      it(`in ${kind}, when state_store names one`, async () => {
        server = await create(program);
        await server.start();
        await expectStateKept({ configuration: { state_store: server.url } });
      });
    }
  }

  it("in the platform's bucket, when file_backend is S3", async () => {
    const s3 = await createS3();
    server = s3;
    await s3.start();
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.bucket;
    await expectStateKept({
      values: {
        file_backend: 'S3',
        aws_bucket_name: bucket,
        aws_access_key_id: accessKeyId,
        aws_secret_access_key: secretAccessKey.reveal(),
        aws_default_region: region,
        aws_s3_endpoint_url: String(endpoint),
      },
    });
  });
});
