import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { systemClock } from '@sekoia/automation-sdk-ts';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { PostgresConnection } from '../../../lib/automation-sdk-ts/src/storage/postgres-connection.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { describeStorage } from './conformance.js';
import { describeOutage } from './outage.js';
import { createPostgres } from './servers/postgres.js';
import { findProgram, type Server, skipNotice } from './servers/server-process.js';

const program = findProgram('postgres');
if (program === undefined) describe('storage: postgres', () => it.skip(skipNotice('postgres'), () => {}));
else describePostgres(program);

function describePostgres(postgres: string): void {
  let server: Server;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let raw: PostgresConnection;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    server = await createPostgres(postgres);
    await server.start();
    raw = new PostgresConnection(new URL(server.url));
  });
  afterAll(async () => {
    await raw.close();
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

  async function read(key: string): Promise<string> {
    const statement = "SELECT value FROM automation_state WHERE identity = 'test' AND key = $1";
    const [row] = await raw.query<{ value: string }>(statement, [key]);
    return row?.value ?? '';
  }

  describeStorage('postgres', {
    open: () => open('test'),
    readText: read,
    writeText: async (key, text) => {
      const statement = `INSERT INTO automation_state VALUES ('test', $1, $2)
        ON CONFLICT (identity, key) DO UPDATE SET value = excluded.value`;
      await raw.query(statement, [key, text]);
    },
    readSetAside: read,
  });
  describeOutage(
    'postgres',
    () => server,
    () => open('outage'),
  );
}
