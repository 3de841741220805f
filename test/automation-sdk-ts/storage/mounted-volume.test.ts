import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInContainer, isOnMountedVolume } from '../../../lib/automation-sdk-ts/src/storage/mounted-volume.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const overlay = '600 500 0:50 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/x';

let root: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  root = await temporaryDirectory();
});
afterEach(() => root.remove());

async function write(name: string, text: string): Promise<void> {
  const path = join(root.path, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

describe('a state directory in a container', () => {
  it.each([
    ['no mark', {}, {}, false],
    ['Docker', { '.dockerenv': '' }, {}, true],
    ['Podman', { 'run/.containerenv': '' }, {}, true],
    ['Kubernetes', {}, { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, true],
    ['a control group', { 'proc/1/cgroup': '12:pids:/kubepods/besteffort/pod1/abc\n' }, {}, true],
    ['a control group of a machine', { 'proc/1/cgroup': '0::/init.scope\n' }, {}, false],
  ])('recognizes the container by its marks: %s', async (_, files, env, expected) => {
    for (const [name, text] of Object.entries<string>(files)) await write(name, text);
    expect(await isInContainer({ root: root.path, env })).toBe(expected);
  });

  it.each([
    ['nothing but the root', [], false],
    ['a volume', ['/dev/vda1 ext4'], true],
    ['a volume that is the parent', ['.. ext4'], true],
    ['a directory with the same beginning', ['-other ext4'], false],
    ['memory', ['tmpfs tmpfs'], false],
    ['memory that hides a volume', ['/dev/vda1 ext4', 'tmpfs tmpfs'], false],
    ['a volume that hides memory', ['tmpfs tmpfs', '/dev/vda1 ext4'], true],
  ])('tells whether it outlives the container: %s', async (_, mounts, expected) => {
    const directory = join(root.path, 'state dir');
    await mkdir(directory);
    const lines = mounts.map((mount, index) => {
      const [where = '', type = ''] = mount.split(' ');
      const point = where === '..' ? root.path : directory + (where.startsWith('-') ? where : '');
      return `${700 + index} 600 0:${index} / ${point.replaceAll(' ', '\\040')} rw - ${type} ${where} rw`;
    });
    await write('proc/self/mountinfo', [overlay, ...lines, ''].join('\n'));
    expect(await isOnMountedVolume(directory, { root: root.path, env: {} })).toBe(expected);
  });

  it('is taken for safe where the system does not tell', async () => {
    expect(await isOnMountedVolume(root.path, { root: root.path, env: {} })).toBe(true);
  });
});
