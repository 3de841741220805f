import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the range from which the system gives ports to whoever asks for any: nobody takes one of these between the look and
 * the use. Each of jest's workers, which run side by side, has a range of its own, and goes round in it.
 */
const FIRST = 10_000;
const EACH = 2_000;
const WORKERS = 10;
const first = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 1) % WORKERS) * EACH;
let next = Math.floor(Math.random() * EACH);

/** A port of the loopback interface on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < EACH; tries++) {
    const port = first + (next++ % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${first} to ${first + EACH - 1} is free.`);
}

async function isFree(port: number): Promise<boolean> {
  // On every interface, as the servers of a trigger do.
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
