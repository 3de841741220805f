import { execFileSync } from 'node:child_process';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StorageError, systemClock } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { FileLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/file-lease-store.js';
import { FileStore } from '../../../lib/automation-sdk-ts/src/storage/file-store.js';
import { KeyvStorage } from '../../../lib/automation-sdk-ts/src/storage/keyv-storage.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const text = z.string();

const directory = await temporaryDirectory();
const isMounted = mountSmallDisk(directory.path);
afterAll(async () => {
  if (isMounted) execFileSync('umount', [directory.path]);
  await directory.remove();
});

if (isMounted) describeFullDisk();
else describe('a full disk', () => it.skip('SKIPPED: only root can mount the small disk of this test', () => {}));

/** Mounts a disk of 64 KB; false when this user can't, which on the build machine is an error. */
function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'pipe' });
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    return false;
  }
}

function describeFullDisk(): void {
  const storage = new KeyvStorage(new FileStore(directory.path));
  const filler = join(directory.path, 'filler');

  /** Takes all the room that is left. */
  async function fillUp(): Promise<void> {
    for (let size = 65_536; size > 0; size -= 4_096) {
      if (
        await writeFile(filler, Buffer.alloc(size)).then(
          () => true,
          () => false,
        )
      )
        return;
    }
  }

  describe('a full disk', () => {
    beforeAll(() => storage.set('kept', 'old'));

    it('throws with advice, leaves the old value and no remains, and works again when there is room', async () => {
      const error = await storage.set('kept', 'x'.repeat(200_000)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageError);
      expect((error as StorageError).message).toBe(
        `The store ${directory.path} failed while writing kept (ENOSPC). Free space on that disk, or give it more.`,
      );
      expect(await storage.get('kept', text)).toBe('old');
      expect(await readdir(directory.path)).toEqual(['kept.json']);

      await fillUp();
      await expect(storage.set('kept', 'new')).rejects.toThrow(StorageError);
      await expect(storage.set('another', 'new')).rejects.toThrow(StorageError);
      expect(await storage.get('kept', text)).toBe('old');
      expect(await storage.get('another', text)).toBeUndefined();
      expect((await readdir(directory.path)).sort()).toEqual(['filler', 'kept.json']);

      await rm(filler);
      await storage.set('kept', 'new');
      expect(await storage.get('kept', text)).toBe('new');
      expect((await stat(join(directory.path, 'kept.json'))).mode & 0o777).toBe(0o600);
    });

    it('lets a lease be renewed, as nothing grows, but not be taken', async () => {
      const leases = new FileLeaseStore(join(directory.path, 'leases'), systemClock);
      expect(await leases.acquire('held', 'a', 60_000)).toBe(true);
      await fillUp();
      expect(await leases.renew('held', 'a')).toBe(true);
      await expect(leases.acquire('another', 'a', 60_000)).rejects.toThrow(StorageError);
      await rm(filler);
      expect(await leases.acquire('another', 'a', 60_000)).toBe(true);
    });
  });
}
