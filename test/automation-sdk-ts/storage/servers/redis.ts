import { connect } from 'node:net';
import { freePort } from '../../../helpers/free-port.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';
import { waitUntil } from '../../../helpers/wait-until.js';
import { RunningProgram, type Server } from './server-process.js';

/** A Redis server with a password, which keeps what it has acknowledged through a crash. */
export async function createRedis(program: string): Promise<Server> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: directory.path,
    appendonly: 'yes',
    // By default a write waits in memory while an earlier one is synced: on a busy disk a kill then loses what was acknowledged.
    appendfsync: 'always',
    requirepass: 'marker-password',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let running: RunningProgram | undefined;
  return {
    url: `redis://:marker-password@127.0.0.1:${port}/0`,
    async start() {
      running = new RunningProgram(program, args);
      await waitUntil('redis-server answers', () => answers(port));
    },
    kill: async () => running?.end('SIGKILL'),
    freeze: () => running?.signalAll('SIGSTOP'),
    thaw: () => running?.signalAll('SIGCONT'),
    async remove() {
      await running?.end('SIGKILL');
      await directory.remove();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end('AUTH marker-password\r\nPING\r\n'));
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('error', () => {});
    // While it still reads its file, it answers LOADING.
    socket.on('close', () => resolve(text.includes('PONG')));
  });
}
