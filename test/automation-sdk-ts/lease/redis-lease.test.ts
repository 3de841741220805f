import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { RedisLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/redis-lease-store.js';
import { RedisConnection } from '../../../lib/automation-sdk-ts/src/storage/redis-connection.js';
import { createRedis } from '../storage/servers/redis.js';
import { findProgram, type Server, skipNotice } from '../storage/servers/server-process.js';
import { describeLeases } from './conformance.js';

const program = findProgram('redis-server');
if (program === undefined) describe('lease: redis', () => it.skip(skipNotice('redis-server'), () => {}));
else describeRedis(program);

function describeRedis(path: string): void {
  let server: Server;
  let connection: RedisConnection;

  beforeAll(async () => {
    server = await createRedis(path);
    await server.start();
    connection = new RedisConnection(new URL(server.url));
  });
  afterAll(async () => {
    connection.close();
    await server.remove();
  });

  describeLeases('redis', () => new RedisLeaseStore(connection, 'redis'));
}
