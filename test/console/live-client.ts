import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { LiveMessage } from '../../lib/console/live/live-events.js';

/** A page's end of the live stream. */
export interface LiveClient {
  /** What has arrived. */
  messages(): readonly LiveMessage[];
  /** Whether the console has hung up. */
  isClosed(): boolean;
  /** Says goodbye, as a browser does: a frame that is masked. */
  sayGoodbye(): void;
  hangUp(): void;
  /** Takes nothing until it is resumed. */
  pause(): void;
  resume(): void;
}

/** Asks for the stream as a browser does; answers with the status where it is refused. */
export async function openLive(url: string, headers: Record<string, string> = {}): Promise<LiveClient | number> {
  const asked = request(url, {
    agent: false,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    },
  });
  asked.end();
  const refused = once(asked, 'response').then(([response]) => {
    (response as IncomingMessage).destroy();
    return (response as IncomingMessage).statusCode as number;
  });
  const agreed = once(asked, 'upgrade').then(([, socket, head]) => listen(socket as Socket, head as Buffer));
  return await Promise.race([refused, agreed]);
}

function listen(socket: Socket, head: Buffer): LiveClient {
  let bytes = head;
  let isClosed = false;
  socket.on('data', (piece: Buffer) => {
    bytes = Buffer.concat([bytes, piece]);
  });
  socket
    .on('error', () => undefined)
    .on('close', () => {
      isClosed = true;
    });
  return {
    messages: () => [...texts(bytes)].map((text) => JSON.parse(text) as LiveMessage),
    isClosed: () => isClosed,
    sayGoodbye: () => void socket.write(Buffer.from([0x88, 0x80, 1, 2, 3, 4])),
    hangUp: () => void socket.destroy(),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}

function* texts(bytes: Buffer): Generator<string> {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const kind = bytes[at];
    const short = bytes[at + 1] ?? 0;
    const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (at + headLength > bytes.length) return;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const end = at + headLength + length;
    if (end > bytes.length) return;
    if (kind === 0x81) yield bytes.toString('utf8', at + headLength, end);
    at = end;
  }
}
