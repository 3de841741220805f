// Writes a value to the store whose URL is its first argument and reads it back, with its own certificates; says what it read.
import { z } from 'zod';
import { systemClock } from '../../../lib/automation-sdk-ts/dist/clock.js';
import { openStorage } from '../../../lib/automation-sdk-ts/dist/storage/open-storage.js';

const [stateStore, path] = process.argv.slice(2);
const { storage } = await openStorage({
  stateStore,
  dataPath: { kind: 'directory', path },
  identity: 'test',
  clock: systemClock,
  host: { root: '/', env: {} },
});
try {
  await storage.set('checkpoint-0', { round: 7 });
  const { round } = await storage.get('checkpoint-0', z.object({ round: z.number() }));
  process.stdout.write(`read ${round}\n`);
} catch (error) {
  process.stdout.write(`${error.constructor.name}: ${error.message}\n`);
}
await storage.close();
