import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError, StorageError, systemClock } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { openStorage } from '../../../lib/automation-sdk-ts/src/storage/open-storage.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => directory.remove());

function open({ stateStore = '', identity = 'one', path = directory.path, env = {}, root = directory.path } = {}) {
  const dataPath = { kind: 'directory', path } as const;
  return openStorage({ stateStore, dataPath, identity, clock: systemClock, host: { root, env } });
}

describe('opening the storage', () => {
  it('keeps the state in the data path, for its owner only, when nothing else is asked for', async () => {
    const data = join(directory.path, 'data');
    const { storage, files, leases, warnings } = await open({ path: data });
    await storage.set('seen/a', 1);
    await files.set('dead-letters/a', 2);
    expect(await leases.acquire('one', 'a', 1_000)).toBe(true);
    expect((await readdir(data, { recursive: true })).sort()).toEqual([
      'dead-letters',
      'dead-letters/a.json',
      'state',
      'state/leases',
      'state/leases/one.1.lease',
      'state/seen',
      'state/seen/a.json',
    ]);
    for (const folder of ['', 'state', 'state/seen', 'state/leases', 'dead-letters']) {
      expect((await stat(join(data, folder))).mode & 0o777).toBe(0o700);
    }
    for (const file of ['state/seen/a.json', 'dead-letters/a.json', 'state/leases/one.1.lease']) {
      expect((await stat(join(data, file))).mode & 0o777).toBe(0o600);
    }
    expect(warnings).toEqual([]);
  });

  it.each(['file', 'memory'])('keeps the states of two configurations apart in one store: %s', async (kind) => {
    const stateStore = kind === 'file' ? pathToFileURL(join(directory.path, 'shared é')).href : 'memory:';
    const one = await open({ stateStore, identity: 'one' });
    const two = await open({ stateStore, identity: '../one' });
    await one.storage.set('checkpoint', 1);
    expect(await two.storage.get('checkpoint', z.number())).toBeUndefined();
    expect(await two.storage.keys('')).toEqual([]);
    await one.files.set('letter', 1);
    expect(await two.files.keys('')).toContain('letter');
  });

  it.each([
    'mysql://admin:hunter2@db/x',
    'hunter2',
    'hunter2:secret',
    'redis//:hunter2@host',
    'http://:hunter2@host',
    'file://hunter2/share',
    'file:///hunter2%2Fx',
  ])('refuses what is no store, and names the field but not its text: %s', async (stateStore) => {
    const error = await open({ stateStore }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    const { message, code, detail, cause } = error as ConfigurationError;
    expect(code).toBe('state_store_invalid');
    expect(message).toContain('state_store');
    expect(`${message} ${detail} ${String(cause)}`).not.toContain('hunter2');
  });

  it.each([
    ['redis://user:hunter2@cache:6380/2?password=hunter2', 'redis://cache:6380/2'],
    ['rediss://:hunter2@cache', 'rediss://cache'],
    ['postgres://user:hunter2@db:5433/state?sslmode=require&password=hunter2', 'postgres://db:5433/state'],
    ['postgresql://user:hunter2@db/state', 'postgresql://db/state'],
  ])(
    'opens a server without calling it, and describes it without its credentials: %s',
    async (stateStore, expected) => {
      const { storage, files } = await open({ stateStore });
      expect(storage.description).toBe(expected);
      expect(files.description).toBe(directory.path);
      await storage.close();
    },
  );

  it('says what to do when the data path can not be used', async () => {
    const path = join(directory.path, 'file');
    await writeFile(path, '');
    await expect(open({ path })).rejects.toThrow(StorageError);
  });

  it('removes what killed writers left, but not what another one writes at this moment', async () => {
    const state = join(directory.path, 'state', 'seen');
    await mkdir(state, { recursive: true });
    await writeFile(join(state, 'left.tmp'), 'x');
    await utimes(join(state, 'left.tmp'), new Date(0), new Date(0));
    await writeFile(join(state, 'young.tmp'), 'x');
    await open();
    expect(await readdir(state)).toEqual(['young.tmp']);
  });

  it('warns when the state is in a container and on no volume', async () => {
    await mkdir(join(directory.path, 'proc/self'), { recursive: true });
    await writeFile(join(directory.path, 'proc/self/mountinfo'), '600 500 0:50 / / rw - overlay overlay rw\n');
    await writeFile(join(directory.path, '.dockerenv'), '');
    const path = join(directory.path, 'data');
    const { warnings } = await open({ path, root: directory.path });
    expect(warnings).toEqual([
      {
        code: 'state_not_on_volume',
        level: 'warning',
        text: `The state directory ${path}/state is on no mounted volume: when the container is replaced, the state is lost and events may be delivered twice or missed. Mount a volume there, or set state_store.`,
      },
    ]);
    expect((await open({ path, root: directory.path, stateStore: 'memory:' })).warnings).toEqual([]);
  });
});
