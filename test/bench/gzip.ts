import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { EventBatch } from '@sekoia/automation-sdk-ts';
import { GeneratedAlerts } from '../../lib/emulator/generated-alerts.js';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';

const MIB = 1024 * 1024;
const ALERTS = 1000;
const ROUNDS = 7;
/** What the trigger sends with: see the SDK's compressor. */
const LEVEL = 3;

const alerts = new GeneratedAlerts({ count: 20_000, seed: 11, from: 1_767_225_600_000, to: 1_767_312_000_000 });
const raw = Array.from({ length: alerts.count }, (_, index) => alerts.texts(index, index + 1).toString());
const normalized = raw.map((text) => normalizeAlert(text).json);

for (const [format, events] of [
  ['normalized', normalized],
  ['raw', raw],
] as const) {
  const body = bodyOf(events, ALERTS);
  console.log(
    `\n${ALERTS} ${format} alerts, ${Math.round(body.length / ALERTS)} bytes each in the body; the best of ${ROUNDS} rounds\n`,
  );
  console.log('level  µs CPU an alert  times smaller');
  for (const level of [1, 2, 3, 4, 5, 6, 9]) await print(body, level);
}
await printMemory();

async function print(body: Buffer, level: number): Promise<void> {
  let best = { cpu: Number.POSITIVE_INFINITY, bytes: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const bytes = await compress(body, level);
    const { user, system } = process.cpuUsage(before);
    if (user + system < best.cpu) best = { cpu: user + system, bytes };
  }
  const cells = [
    String(level).padStart(5),
    (best.cpu / ALERTS).toFixed(1).padStart(15),
    (body.length / best.bytes).toFixed(1).padStart(13),
  ];
  console.log(cells.join('  '));
}

/** Four of the largest bodies at a time: what they take beside the bodies themselves. */
async function printMemory(): Promise<void> {
  const bodies = Array.from({ length: 4 }, () => bodyOf(normalized, normalized.length));
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  await Promise.all(bodies.map((body) => compress(body, LEVEL)));
  clearInterval(timer);
  const held = bodies.reduce((sum, { length }) => sum + length, 0);
  console.log(
    `\nFour bodies in flight, ${(held / MIB).toFixed(1)} MiB in all: compressing them took ${((peak - before) / MIB).toFixed(1)} MiB more.`,
  );
}

/** How many bytes are left of the body. */
async function compress(body: Buffer, level: number): Promise<number> {
  let bytes = 0;
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      done();
    },
  });
  await pipeline(Readable.from([body], { objectMode: false }), createGzip({ level }), sink);
  return bytes;
}

/** As many of the first `most` events as one body holds. */
function bodyOf(events: readonly string[], most: number): Buffer {
  const batch = new EventBatch();
  for (const event of events.slice(0, most)) if (!batch.add(event)) break;
  return batch.body;
}
