import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { systemClock } from '@sekoia/automation-sdk-ts';
import { fileNameOf } from '../../../lib/automation-sdk-ts/src/storage/key-names.js';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { describeStorage } from './conformance.js';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

const pathOf = (key: string) => join(directory.path, 'state', fileNameOf(key));

async function open() {
  const { storage } = await openStorage({
    dataPath: { kind: 'directory', path: directory.path },
    identity: 'test',
    clock: systemClock,
    host: { root: '/', env: {} },
  });
  return storage;
}

describeStorage('file', {
  open,
  readText: (key) => readFile(pathOf(key), 'utf8'),
  writeText: (key, text) => writeFile(pathOf(key), text),
  readSetAside: (name) => readFile(name, 'utf8'),
});
