import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { PostgresLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/postgres-lease-store.js';
import { PostgresConnection } from '../../../lib/automation-sdk-ts/src/storage/postgres-connection.js';
import { createPostgres } from '../storage/servers/postgres.js';
import { findProgram, type Server, skipNotice } from '../storage/servers/server-process.js';
import { describeLeases } from './conformance.js';

const program = findProgram('postgres');
if (program === undefined) describe('lease: postgres', () => it.skip(skipNotice('postgres'), () => {}));
else describePostgres(program);

function describePostgres(path: string): void {
  let server: Server;
  let connection: PostgresConnection;

  beforeAll(async () => {
    server = await createPostgres(path);
    await server.start();
    connection = new PostgresConnection(new URL(server.url));
  });
  afterAll(async () => {
    await connection.close();
    await server.remove();
  });

  describeLeases('postgres', () => new PostgresLeaseStore(connection, 'postgres'));
}
