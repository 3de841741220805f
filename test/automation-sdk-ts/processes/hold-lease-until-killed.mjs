// Holds the lease in the directory that is its first argument, for its second in milliseconds, and says on standard
// output what happens to it.
import { writeSync } from 'node:fs';
import { systemClock } from '../../../lib/automation-sdk-ts/dist/clock.js';
import { FileLeaseStore } from '../../../lib/automation-sdk-ts/dist/lease/file-lease-store.js';
import { holdLease } from '../../../lib/automation-sdk-ts/dist/lease/hold-lease.js';

const [, , directory, ttlMs] = process.argv;
const lease = await holdLease({
  store: new FileLeaseStore(directory, systemClock),
  identity: 'shared',
  clock: systemClock,
  signal: new AbortController().signal,
  ttlMs: Number(ttlMs),
  onWaiting: () => writeSync(1, 'waiting\n'),
});
writeSync(1, 'held\n');
process.on('SIGTERM', async () => {
  await lease.release();
  process.exit(0);
});
// A process that wakes up from a freeze is here first: in the middle of its work, before its timers.
for (;;) {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    lease.assertHeld();
  } catch (error) {
    writeSync(1, `${error.name}\n`);
    process.exit(0);
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
