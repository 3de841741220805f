import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { mustRun } from './run-program.js';

/** What a Dockerfile makes: a file tree, and how it is started. */
export interface BuiltImage {
  /** Where the tree's root lies on this machine. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  /** As the Dockerfile says it: `1000:1000`. */
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** The folders of an image that the commands in a Dockerfile name by an absolute path. */
const ABSOLUTE = /(?<=^|\s)\/(?=(?:module|symphony|symphony_data|usr)\b)/g;

/** The files of the repository that .dockerignore lets through to the builder. */
export function contextFiles(repository: string): string[] {
  const filter = dockerignore.default().add(readFileSync(join(repository, '.dockerignore'), 'utf8'));
  const list = (folder: string): string[] =>
    readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      // No exception reaches into these, so they need no walk.
      if (/(^|\/)(node_modules|\.git|dist)$/.test(path) && filter.ignores(join(path, 'x'))) return [];
      return entry.isDirectory() ? list(path) : [path];
    });
  return list('').filter((path) => !filter.ignores(path));
}

/**
 * Builds the repository's Dockerfile without a container engine: each stage is a folder below `home`, its commands run on this
 * machine, and the files come from what .dockerignore lets through. What `npm ci` installs for development is linked from the
 * repository, which has it already. Knows the instructions that the Dockerfile uses, and refuses others.
 */
export async function buildImage(repository: string, home: string, owner: string): Promise<BuiltImage> {
  const context = join(home, 'context');
  for (const file of contextFiles(repository)) cpSync(join(repository, file), join(context, file));
  const roots = new Map<string, string>();
  let image: BuiltImage = emptyImage('');
  for (const [instruction, rest] of instructionsOf(readFileSync(join(repository, 'Dockerfile'), 'utf8'))) {
    const inside = (path: string) => join(image.root, resolve(image.workdir, path));
    switch (instruction) {
      case 'FROM': {
        const [, , name = `stage-${roots.size}`] = rest.split(' ');
        const root = join(home, name);
        image = emptyImage(root);
        mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
        roots.set(name, root);
        break;
      }
      case 'WORKDIR':
        image = { ...image, workdir: rest };
        mkdirSync(inside('.'), { recursive: true });
        break;
      case 'ENV': {
        const [name, value] = rest.split('=') as [string, string];
        image = { ...image, env: { ...image.env, [name]: value } };
        break;
      }
      case 'COPY': {
        const [, stage] = /^--from=(\S+) /.exec(rest) ?? [];
        const paths = rest.replace(/^--from=\S+ /, '').split(' ');
        const from = stage === undefined ? context : (roots.get(stage) as string);
        const to = paths.pop() as string;
        for (const path of paths) copy(join(from, path), to.endsWith('/') ? `${inside(to)}/` : inside(to));
        break;
      }
      case 'RUN':
        if (rest === 'npm ci --ignore-scripts') linkPackages(repository, inside('node_modules'));
        else {
          const command = rest.replace(ABSOLUTE, `${image.root}/`).replaceAll('1000:1000', owner);
          const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
          await mustRun('sh', ['-euc', command], { cwd: inside('.'), env });
        }
        break;
      case 'USER':
        image = { ...image, user: rest };
        break;
      case 'ENTRYPOINT':
        image = { ...image, entrypoint: JSON.parse(rest) };
        break;
      case 'CMD':
        image = { ...image, command: JSON.parse(rest) };
        break;
      case 'EXPOSE':
      case 'VOLUME':
        break;
      default:
        throw new SyntaxError(`The instruction ${instruction} is not known here.`);
    }
  }
  return image;
}

function emptyImage(root: string): BuiltImage {
  return { root, workdir: '/', env: {}, user: 'root', entrypoint: [], command: [] };
}

function instructionsOf(dockerfile: string): [instruction: string, rest: string][] {
  return dockerfile
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

/** As COPY does it: of a folder, what it holds; of a file, the file itself, into `to` when that ends with a slash. */
function copy(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`There is nothing to copy at ${from}.`);
  const target = statSync(from).isFile() && to.endsWith('/') ? join(to, basename(from)) : to;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

/** Every package of the repository; its workspace by the way from here, so that it is the one in the image. */
function linkPackages(repository: string, modules: string): void {
  const from = join(repository, 'node_modules');
  const names = readdirSync(from).flatMap((name) =>
    name.startsWith('@') || name === '.bin' ? readdirSync(join(from, name)).map((inner) => join(name, inner)) : [name],
  );
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(isWorkspace(name) ? readlinkSync(join(from, name)) : join(from, name), join(modules, name));
  }
}

function isWorkspace(name: string): boolean {
  return name.startsWith('@sekoia/');
}
