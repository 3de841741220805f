import { join } from 'node:path';
import type { LeaseStore } from './lease/lease-store.js';
import { MemoryLeaseStore } from './lease/memory-lease-store.js';
import type { Session } from './session.js';
import { FileStore } from './storage/file-store.js';
import { KeyvStorage } from './storage/keyv-storage.js';
import type { Storage } from './storage.js';

/** Where an item keeps what must survive a restart. */
export interface State {
  readonly storage: Storage;
  readonly files: Storage;
  readonly leases: LeaseStore;
}

/** Opens the state that `url` names, or the platform's own. */
export async function openState<Account>(
  { values, clock }: Session<Account>,
  _url: string | undefined,
): Promise<State> {
  const root = join(values.dataRoot, values.optional('sub_folder') ?? '');
  const storage = new KeyvStorage(new FileStore(root));
  return { storage, files: storage, leases: new MemoryLeaseStore(clock) };
}
