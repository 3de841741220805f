import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { FileLeaseStore } from '../lease/file-lease-store.js';
import type { LeaseStore } from '../lease/lease-store.js';
import { MemoryLeaseStore } from '../lease/memory-lease-store.js';
import type { Message } from '../message.js';
import { stateNotOnVolume } from '../messages.js';
import type { Storage } from '../storage.js';
import type { DataBucket, DataPath } from './data-path.js';
import { makeDirectory, removeAbandonedFiles } from './directory-files.js';
import { FileStore } from './file-store.js';
import { encodeFolder } from './key-names.js';
import { KeyvStorage } from './keyv-storage.js';
import { MemoryStore } from './memory-store.js';
import { type HostView, isInContainer, isOnMountedVolume } from './mounted-volume.js';
import { parseStateStore, type StateStore } from './state-store.js';
import { storageFailure } from './storage-failure.js';
import type { Store } from './store.js';

/** What `openStorage` needs. */
export interface OpenStorageOptions {
  /** The field `state_store`; without it the state is kept in the data path. */
  readonly stateStore?: string;
  readonly dataPath: DataPath;
  /** Keeps the state of one configuration apart from the others in a store that they share. */
  readonly identity: string;
  readonly clock: Clock;
  readonly host: HostView;
}

/** The places where a module keeps things. */
export interface OpenedStorage {
  /** The module's state. */
  readonly storage: Storage;
  /** The data path itself, for what people look at. */
  readonly files: Storage;
  /** Leases, kept where the state is. */
  readonly leases: LeaseStore;
  /** What a person should know about the choice of places. */
  readonly warnings: readonly Message[];
}

/**
 * Opens the store that the configuration or the platform names. Servers are not called before the first use. Throws
 * ConfigurationError when `state_store` is no store's URL, StorageError when a directory can't be used.
 */
export async function openStorage(options: OpenStorageOptions): Promise<OpenedStorage> {
  const { dataPath, identity, clock, host } = options;
  const stateStore = parseStateStore(options.stateStore);
  const { store: files } = await openDataPath(dataPath, '', clock);
  const { store, leases, directory } = await openState(stateStore, dataPath, identity, clock);
  return {
    storage: new KeyvStorage(store),
    files: new KeyvStorage(files),
    leases,
    warnings: directory === undefined ? [] : await warnOfLoss(directory, host),
  };
}

/** A store in this process's memory, gone when it is let go: for work that must leave nothing behind. */
export function memoryStorage(): Storage {
  return new KeyvStorage(new MemoryStore());
}

/** An opened place for the state; `directory` when it is one of this machine. */
interface StatePlace {
  readonly store: Store;
  readonly leases: LeaseStore;
  readonly directory?: string;
}

async function openState(
  stateStore: StateStore,
  dataPath: DataPath,
  identity: string,
  clock: Clock,
): Promise<StatePlace> {
  switch (stateStore.kind) {
    case 'data-path':
      return await openDataPath(dataPath, 'state', clock);
    case 'directory':
      return await openDirectory(join(stateStore.path, encodeFolder(identity)), clock);
    case 'memory':
      return { store: new MemoryStore(), leases: new MemoryLeaseStore(clock) };
    case 'redis':
      return await openRedis(stateStore.url, identity);
    case 'postgres':
      return await openPostgres(stateStore.url, identity);
  }
}

async function openDataPath(dataPath: DataPath, folder: string, clock: Clock): Promise<StatePlace> {
  if (dataPath.kind === 'directory') return await openDirectory(join(dataPath.path, folder), clock);
  return await openBucket(dataPath, [dataPath.folder, folder], clock);
}

async function openDirectory(directory: string, clock: Clock): Promise<StatePlace> {
  try {
    await makeDirectory(directory);
    await removeAbandonedFiles(directory, clock.now());
  } catch (error) {
    throw storageFailure(directory, 'opening it', error);
  }
  return { store: new FileStore(directory), leases: new FileLeaseStore(join(directory, 'leases'), clock), directory };
}

// The clients of servers are loaded when one is used: most triggers need none, and start sooner.

async function openBucket(bucket: DataBucket, folders: readonly string[], clock: Clock): Promise<StatePlace> {
  const { S3Client } = await import('./s3-client.js');
  const { S3Store } = await import('./s3-store.js');
  const { S3LeaseStore } = await import('../lease/s3-lease-store.js');
  const client = new S3Client(bucket, clock);
  const folder = folders
    .flatMap((name) => name.split('/'))
    .filter((name) => name !== '')
    .map((name) => `${name}/`)
    .join('');
  return { store: new S3Store(client, folder), leases: new S3LeaseStore(client, `${folder}leases/`, clock) };
}

async function openRedis(url: URL, identity: string): Promise<StatePlace> {
  const { RedisConnection } = await import('./redis-connection.js');
  const { RedisStore } = await import('./redis-store.js');
  const { RedisLeaseStore } = await import('../lease/redis-lease-store.js');
  const connection = new RedisConnection(url);
  const store = new RedisStore(connection, url, identity);
  return { store, leases: new RedisLeaseStore(connection, store.description) };
}

async function openPostgres(url: URL, identity: string): Promise<StatePlace> {
  const { PostgresConnection } = await import('./postgres-connection.js');
  const { PostgresStore } = await import('./postgres-store.js');
  const { PostgresLeaseStore } = await import('../lease/postgres-lease-store.js');
  const connection = new PostgresConnection(url);
  const store = new PostgresStore(connection, url, identity);
  return { store, leases: new PostgresLeaseStore(connection, store.description) };
}

async function warnOfLoss(directory: string, host: HostView): Promise<Message[]> {
  if (!(await isInContainer(host)) || (await isOnMountedVolume(directory, host))) return [];
  return [stateNotOnVolume({ directory })];
}
