// Writes numbered rounds of values to the directory that is its argument until it is killed; says each round that is
// durable on standard output. Imports little, as it is started hundreds of times.
import { writeSync } from 'node:fs';
import { FileStore } from '../../../lib/automation-sdk-ts/dist/storage/file-store.js';
import { readStoredText, writeStoredText } from '../../../lib/automation-sdk-ts/dist/storage/stored-text.js';

const store = new FileStore(process.argv[2]);
const set = (key, value) => store.set(key, writeStoredText(value));

async function roundOf(key) {
  const text = await store.get(key);
  return text === undefined ? 1 : readStoredText(text).round;
}

// The newest round may have been written in part only: it is done again.
for (let round = Math.max(await roundOf('checkpoint-0'), await roundOf('checkpoint-1')); ; round += 1) {
  await Promise.all([
    set(`checkpoint-${round % 2}`, { round, padding: 'x'.repeat((round * 997) % 20_000) }),
    set(`seen/${round}`, { round }),
    store.deleteMany([`seen/${round - 20}`]),
  ]);
  writeSync(1, `${round}\n`);
}
