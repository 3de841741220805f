import { once } from 'node:events';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RedisConnection } from '../../../lib/automation-sdk-ts/src/storage/redis-connection.js';
import { freePort } from '../../helpers/free-port.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { createRedis } from './servers/redis.js';
import { findProgram, type Server, skipNotice } from './servers/server-process.js';

const program = findProgram('redis-server');
if (program === undefined) describe('a Redis server that is mute', () => it.skip(skipNotice('redis-server'), () => {}));
else describeMute(program);

function describeMute(redisServer: string): void {
  describe('a Redis server that takes a connection and never answers', () => {
    let server: Server;
    let connection: RedisConnection;
    let relay: NetServer;
    let sockets: Socket[];
    let port: number;

    beforeEach(async () => {
      server = await createRedis(redisServer);
      await server.start();
      port = await freePort();
      const url = new URL(server.url);
      const behind = Number(url.port);
      url.port = String(port);
      connection = new RedisConnection(url);
      sockets = [];
      // The first connection meets silence; each later one, the server.
      relay = createServer((socket) => {
        sockets.push(socket.on('error', () => undefined));
        if (sockets.length === 1) return;
        const onward = connect(behind, '127.0.0.1');
        onward.on('error', () => socket.destroy());
        socket.pipe(onward).pipe(socket);
      });
    });

    afterEach(async () => {
      connection.close();
      for (const socket of sockets) socket.destroy();
      relay.close();
      await server.remove();
    });

    const ask = () => connection.run((client) => client.ping());
    const expectToAnswer = async () => {
      await waitUntil('an answer', () =>
        ask().then(
          (answer) => answer === 'PONG',
          () => false,
        ),
      );
      expect(sockets).toHaveLength(2);
    };

    it('is left for a new connection', async () => {
      relay.listen(port, '127.0.0.1');
      await once(relay, 'listening');
      await expect(ask()).rejects.toThrow();
      await expectToAnswer();
    });

    it('is left for a new connection, also when an earlier one was refused', async () => {
      await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      relay.listen(port, '127.0.0.1');
      await once(relay, 'listening');
      await waitUntil('the mute connection', () => sockets.length === 1);
      await expectToAnswer();
    });
  });
}
