import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { EventBatch, IntakeClient, Secret } from '@sekoia/automation-sdk-ts';
import { closeHttpSettings, createHttpSettings } from '../../lib/automation-sdk-ts/src/http.js';
import { startIntake } from '../../lib/console/platform/intake.js';
import type { IntakeMisbehaviour } from '../../lib/console/platform/intake-faults.js';
import { seededRandom } from '../../lib/emulator/seeded-random.js';

const SENDERS = 4;
const BATCHES = 60;
const forever = new AbortController().signal;
const faults: readonly IntakeMisbehaviour[] = [
  { kind: 'status', status: 503 },
  { kind: 'reset-mid-request' },
  { kind: 'reset-before-headers' },
  { kind: 'reset-mid-body' },
  { kind: 'stores-then-resets' },
  { kind: 'truncated-json' },
  { kind: 'hang-before-headers', forMs: 200 },
  { kind: 'hang-mid-body', forMs: 200 },
];

it('Calls that end in every way leave nothing of themselves in the calls that take their memory', async () => {
  const key = new Secret('a-key');
  const http = await createHttpSettings({});
  const intake = await startIntake({ keys: [key.reveal()] });
  const client = new IntakeClient({ url: intake.url, key, http, userAgent: 'test/1', compress: true, deadlineMs: 100 });
  const random = seededRandom(7);
  const sent = new Set<string>();
  const kinds = new Map<string, number>();

  async function sendAll(sender: number): Promise<void> {
    const batch = new EventBatch();
    for (let number = 0; number < BATCHES; number++) {
      batch.clear();
      // Of all lengths, so that bytes of another batch would not pass for its own.
      for (let event = 0; event < 30; event++) {
        const text = JSON.stringify({ sender, number, event, more: 'x'.repeat(random.integer(30_000)) });
        batch.add(text);
        sent.add(text);
      }
      for (let kind = ''; kind !== 'delivered'; kinds.set(kind, (kinds.get(kind) ?? 0) + 1)) {
        if (random.integer(2) === 0) intake.faults.set({ ...random.pick(faults), times: 1 });
        ({ kind } = await client.pushBatch(batch, forever));
      }
    }
  }

  /** Its deadline passes while it is still being compressed. */
  async function sendTooMuch(): Promise<void> {
    const batch = new EventBatch();
    batch.add(randomBytes(4_500_000).toString('hex'));
    for (let number = 0; number < 12; number++) {
      const late = { kind: 'retryable', reason: expect.stringContaining('did not answer in time') };
      expect(await client.pushBatch(batch, forever)).toMatchObject(late);
    }
  }

  try {
    await Promise.all([sendTooMuch(), ...Array.from({ length: SENDERS }, (_, sender) => sendAll(sender))]);
    expect(new Set(intake.events.map(({ text }) => text))).toEqual(sent);
    // Nothing that arrived was no batch, and enough went wrong.
    expect([...kinds.keys()].sort()).toEqual(['delivered', 'retryable']);
    expect(kinds.get('retryable')).toBeGreaterThan(20);
  } finally {
    await intake.close();
    closeHttpSettings(http);
  }
}, 60_000);

it('A call that is answered before it is sent leaves the next one as it is', async () => {
  const key = new Secret('a-key');
  const http = await createHttpSettings({});
  const intake = await startIntake({ keys: [key.reveal()] });
  let answersEarly = true;
  // As one that balances load does when it has too much of it.
  const balancer = createServer((connection) => {
    connection.on('error', () => undefined);
    if (answersEarly) connection.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    else connection.pipe(connect(Number(new URL(intake.url).port))).pipe(connection);
  });
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  const url = Object.assign(new URL(intake.url), { port: String((balancer.address() as AddressInfo).port) }).href;
  const client = new IntakeClient({ url, key, http, userAgent: 'test/1', compress: true, deadlineMs: 2_000 });
  const [much, little] = [new EventBatch(), new EventBatch()];
  much.add(randomBytes(3_000_000).toString('hex'));
  little.add('{"a":1}');
  try {
    for (let turn = 0; turn < 20; turn++) {
      answersEarly = true;
      expect(await client.pushBatch(much, forever)).toMatchObject({ kind: 'rejected', status: 413 });
      answersEarly = false;
      expect(await client.pushBatch(little, forever)).toEqual({ kind: 'delivered', surplus: 0 });
      closeHttpSettings(http);
    }
    expect(intake.events.map(({ text }) => text)).toEqual(Array(20).fill('{"a":1}'));
  } finally {
    balancer.close();
    await intake.close();
    closeHttpSettings(http);
  }
});
