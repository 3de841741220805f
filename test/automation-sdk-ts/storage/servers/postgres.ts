import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PostgresConnection } from '../../../../lib/automation-sdk-ts/src/storage/postgres-connection.js';
import { freePort } from '../../../helpers/free-port.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';
import { waitUntil } from '../../../helpers/wait-until.js';
import { RunningProgram, type Server } from './server-process.js';

const run = promisify(execFile);

/** `nobody` of Debian and most others: PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** A PostgreSQL server with an empty database. */
export async function createPostgres(program: string): Promise<Server> {
  const directory = await temporaryDirectory();
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? NOBODY : {};
  if (isRoot) await chown(directory.path, NOBODY.uid, NOBODY.gid);
  const data = join(directory.path, 'data');
  const initdb = join(dirname(program), 'initdb');
  await run(initdb, ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'], {
    ...user,
    cwd: directory.path,
  });
  const port = await freePort();
  const url = `postgres://tester:marker-password@127.0.0.1:${port}/postgres`;
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'];
  let running: RunningProgram | undefined;
  return {
    url,
    async start() {
      running = new RunningProgram(program, args, user);
      await waitUntil('postgres answers', () => answers(url));
    },
    // "Immediate": without a checkpoint; its parts end with it, which SIGKILL does not promise.
    kill: async () => running?.end('SIGQUIT'),
    freeze: () => running?.signalAll('SIGSTOP'),
    thaw: () => running?.signalAll('SIGCONT'),
    async remove() {
      await running?.end('SIGQUIT');
      await directory.remove();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const connection = new PostgresConnection(new URL(url));
  try {
    return (await connection.query('SELECT 1', [])).length === 1;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
