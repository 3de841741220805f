import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on 127.0.0.1 that can go away and come back at the same address. */
export interface LoopbackServer {
  readonly url: string;
  /** Refuses connections from now on, and ends those that there are. */
  goDown(): void;
  /** Accepts connections again, at the same port. */
  comeUp(): void;
  close(): Promise<void>;
}

/** Starts a server; port 0 takes a free one. */
export async function startLoopbackServer(port: number, listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer(listener);
  server.keepAliveTimeout = 300_000;
  // How long a body may take is the business of the one who sends it, or of a fault.
  server.requestTimeout = 0;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const goDown = () => {
    server.close();
    server.closeAllConnections();
  };
  const comeUp = () => void server.listen(address.port, '127.0.0.1');
  // While the server was away, a connection of somebody else may have got its port: that one ends soon.
  server.on('error', () => setTimeout(comeUp, 100).unref());
  return {
    url: `http://127.0.0.1:${address.port}`,
    goDown,
    comeUp,
    async close() {
      if (!server.listening) return;
      goDown();
      await once(server, 'close');
    },
  };
}

/** The request's whole body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The value that the text is the JSON of, undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
