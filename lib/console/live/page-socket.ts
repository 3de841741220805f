import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Every WebSocket's key is hashed with this (RFC 6455, 1.3). */
const PROTOCOL_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x81;
const CLOSE = 0x88;
const PING = 0x89;
const OPCODE = 0x0f;

/** Whether the request asks for a WebSocket. */
export function wantsSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-key'] !== undefined;
}

/** A WebSocket to a page, which only listens: what the page sends is its answers to pings, and its goodbye. */
export class PageSocket {
  readonly #socket: Socket;

  /** Agrees to the request; what fails on its connection is the server's to handle. */
  constructor({ headers, socket }: IncomingMessage, onGone: () => void) {
    this.#socket = socket;
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${PROTOCOL_ID}`).digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`${[...lines, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
    socket.once('close', onGone);
    // A page sends a few bytes at a time: its goodbye begins what arrives.
    socket.on('data', (bytes: Buffer) => {
      if (((bytes[0] ?? 0) & OPCODE) === (CLOSE & OPCODE)) this.close();
    });
  }

  /** How much of what was sent the page has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  ping(): void {
    this.#write(PING, Buffer.alloc(0));
  }

  /** Says goodbye, and hangs up. */
  close(): void {
    this.#write(CLOSE, Buffer.alloc(0));
    this.#socket.destroy();
  }

  #write(kind: number, content: Buffer): void {
    if (this.#socket.writable) this.#socket.write(Buffer.concat([headOf(kind, content.length), content]));
  }
}

/** The head of a frame, whose length stands in 1, 3 or 9 bytes (RFC 6455, 5.2). */
function headOf(kind: number, length: number): Buffer {
  if (length < 126) return Buffer.from([kind, length]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = kind;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
