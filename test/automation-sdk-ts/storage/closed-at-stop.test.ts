import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgresConnection } from '../../../lib/automation-sdk-ts/src/storage/postgres-connection.js';
import { RedisConnection } from '../../../lib/automation-sdk-ts/src/storage/redis-connection.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { idleConnector, startModule } from '../module-run.js';
import { type PlatformServer, startPlatformServer } from '../platform-server.js';
import { createPostgres } from './servers/postgres.js';
import { createRedis } from './servers/redis.js';
import { findProgram, type Server, skipNotice } from './servers/server-process.js';

/** A look at a server from outside: how many others are connected. */
interface Look {
  others(): Promise<number>;
  close(): void | Promise<void>;
}

function lookAtRedis(url: URL): Look {
  const connection = new RedisConnection(url);
  return {
    others: async () =>
      String(await connection.run((client) => client.sendCommand(['CLIENT', 'LIST']))).split('id=').length - 2,
    close: () => connection.close(),
  };
}

function lookAtPostgres(url: URL): Look {
  const connection = new PostgresConnection(url);
  const others = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
  return { others: async () => (await connection.query(others, [])).length, close: () => connection.close() };
}

describe('a module that is stopped lets go of its store', () => {
  let platform: PlatformServer;
  let server: Server | undefined;
  let look: Look | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
  });

  afterEach(async () => {
    await look?.close();
    await server?.remove();
    await platform.close();
  });

  for (const [kind, name, create, lookAt] of [
    ['Redis', 'redis-server', createRedis, lookAtRedis],
    ['PostgreSQL', 'postgres', createPostgres, lookAtPostgres],
  ] as const) {
    const program = findProgram(name);
    if (program === undefined) it.skip(skipNotice(name), () => {});
    else {
      it(`in ${kind}`, async () => {
        server = await create(program);
        await server.start();
        const others = lookAt(new URL(server.url));
        look = others;
        const { item, context } = idleConnector(server.url);
        const run = await startModule({ platform, item });
        await context;
        expect(await others.others()).toBeGreaterThan(0);
        expect(await run.stop()).toBe(0);
        await waitUntil('nobody else is connected', async () => (await others.others()) === 0, 5_000);
      });
    }
  }
});
