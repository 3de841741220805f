import { access, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Where to look at the system: its root directory and the environment of this process. */
export interface HostView {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const IN_MEMORY = new Set(['tmpfs', 'ramfs']);
const CONTAINER_CGROUP = /\b(docker|kubepods|containerd|libpod|lxc)\b/;

/** Whether this process runs in a container, by the marks that Docker, Podman and Kubernetes leave. */
export async function isInContainer({ root, env }: HostView): Promise<boolean> {
  if (env['KUBERNETES_SERVICE_HOST']) return true;
  for (const mark of ['.dockerenv', 'run/.containerenv']) {
    if (await isThere(join(root, mark))) return true;
  }
  return CONTAINER_CGROUP.test((await readIfThere(join(root, 'proc/1/cgroup'))) ?? '');
}

/**
 * Whether a directory lies on a volume that outlives a container: on a mount of its own, not in memory. True where
 * the system doesn't tell (no `/proc/self/mountinfo`).
 */
export async function isOnMountedVolume(directory: string, { root }: HostView): Promise<boolean> {
  const mounts = await readIfThere(join(root, 'proc/self/mountinfo'));
  if (mounts === undefined) return true;
  const mount = findMount(mounts, await realpath(directory));
  return mount === undefined || (mount.point !== '/' && !IN_MEMORY.has(mount.type));
}

interface Mount {
  readonly point: string;
  readonly type: string;
}

/** The mount that holds `path`: the longest mount point above it; of two at one point the later one hides the other. */
function findMount(mountinfo: string, path: string): Mount | undefined {
  let found: Mount | undefined;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before
      .split(' ')[4]
      ?.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
    const [type = ''] = after.split(' ');
    if (point === undefined || !`${path}/`.startsWith(point.endsWith('/') ? point : `${point}/`)) continue;
    if (found === undefined || point.length >= found.point.length) found = { point, type };
  }
  return found;
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined);
}
