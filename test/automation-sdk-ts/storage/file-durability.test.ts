import { readlinkSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FileStore } from '../../../lib/automation-sdk-ts/src/storage/file-store.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

describe('a write of the file store', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let synced: string[];

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const handle = await open(join(directory.path, 'any'), 'w');
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    await rm(join(directory.path, 'any'));
    synced = [];
    // Watched, not replaced: no kill can tell what would be lost with the machine's power.
    const { sync } = prototype;
    jest.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
      synced.push(basename(readlinkSync(`/proc/self/fd/${this.fd}`)));
      return sync.call(this);
    });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await directory.remove();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is acknowledged once its text, and then its name, are on the disk', async () => {
    const store = new FileStore(directory.path);
    await store.set('a', 'text');
    expect(synced).toEqual([expect.stringMatching(/\.tmp$/), basename(directory.path)]);
    synced = [];
    await store.deleteMany(['a']);
    expect(synced).toEqual([basename(directory.path)]);
  });
});
