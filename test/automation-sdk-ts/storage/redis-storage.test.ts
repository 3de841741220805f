import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { systemClock } from '@sekoia/automation-sdk-ts';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { RedisConnection } from '../../../lib/automation-sdk-ts/src/storage/redis-connection.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { describeStorage } from './conformance.js';
import { describeOutage } from './outage.js';
import { createRedis } from './servers/redis.js';
import { findProgram, type Server, skipNotice } from './servers/server-process.js';

const program = findProgram('redis-server');
if (program === undefined) describe('storage: redis', () => it.skip(skipNotice('redis-server'), () => {}));
else describeRedis(program);

function describeRedis(redisServer: string): void {
  let server: Server;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let raw: RedisConnection;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    server = await createRedis(redisServer);
    await server.start();
    raw = new RedisConnection(new URL(server.url));
  });
  afterAll(async () => {
    raw.close();
    await server.remove();
    await directory.remove();
  });

  async function open(identity: string) {
    const { storage } = await openStorage({
      stateStore: server.url,
      dataPath: { kind: 'directory', path: directory.path },
      identity,
      clock: systemClock,
      host: { root: '/', env: {} },
    });
    return storage;
  }

  const read = async (name: string) => (await raw.run((client) => client.get(name))) ?? '';

  describeStorage('redis', {
    open: () => open('test'),
    readText: (key) => read(`test:${key}`),
    writeText: async (key, text) => {
      await raw.run((client) => client.set(`test:${key}`, text));
    },
    readSetAside: read,
  });
  describeOutage(
    'redis',
    () => server,
    () => open('outage'),
  );
}
