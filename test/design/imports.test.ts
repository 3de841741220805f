import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SDK = '@sekoia/automation-sdk-ts';
const SDK_ROOM = 'lib/automation-sdk-ts';

/** The rooms of the architecture page, the innermost first where one lies inside another. */
const ROOMS = [
  SDK_ROOM,
  'lib/alert-bytes',
  'lib/normalizer',
  'lib/lacework',
  'lib/collector',
  'lib/emulator',
  'lib/console/web',
  'lib/console',
  'lib/cli',
  'lib',
  'triggers',
] as const;
type Room = (typeof ROOMS)[number];

/** Who may import whom. */
const MAY_IMPORT: Record<Room, readonly Room[]> = {
  triggers: ['triggers', 'lib', 'lib/collector', 'lib/lacework', 'lib/normalizer', SDK_ROOM],
  'lib/cli': ROOMS,
  'lib/console': ROOMS.filter((room) => room !== 'lib/cli' && room !== 'lib/console/web'),
  // The page knows what the console answers, and nothing else of it.
  'lib/console/web': ['lib/console/web', 'lib/console'],
  'lib/collector': ['lib/collector', 'lib/lacework', 'lib/normalizer', 'lib/alert-bytes', 'lib', SDK_ROOM],
  'lib/lacework': ['lib/lacework', 'lib/alert-bytes', 'lib', SDK_ROOM],
  'lib/normalizer': ['lib/normalizer', 'lib/alert-bytes', 'lib', SDK_ROOM],
  'lib/alert-bytes': ['lib/alert-bytes'],
  lib: ['lib', SDK_ROOM],
  [SDK_ROOM]: [SDK_ROOM],
  'lib/emulator': ['lib/emulator'],
};

/** What the API's client takes of the SDK: its clock, errors and secret, the way out of the process, and the door for messages. */
const LACEWORK_TAKES = [
  'Answer',
  'BodyMemory',
  'Clock',
  'HttpSettings',
  'Monitor',
  'Secret',
  'createHttpClient',
  'describeNetworkError',
  'readAnswer',
];

const FROM_SDK = /import (?:type )?\{([^}]*)\} from '@sekoia\/automation-sdk-ts'/g;

/** Files that are in no room's shipped code. */
const NOT_SHIPPED = /(^|\/)(dist|node_modules)\//;

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(): string[] {
  return ['triggers', 'lib'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /\.tsx?$/.test(name) && !NOT_SHIPPED.test(name)),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)];
  return specifiers.flatMap(([, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? '';
    if (specifier === SDK) return [{ from: file, to: `${SDK_ROOM}/src/index.ts` }];
    if (!specifier.startsWith('.')) return [];
    const module = normalize(join(dirname(file), specifier)).replace(/\.js$/, '');
    const target = existsSync(join(root, `${module}.tsx`)) ? `${module}.tsx` : `${module}.ts`;
    return [{ from: file, to: relative(root, join(root, target)) }];
  });
}

function roomOf(file: string): Room | undefined {
  return ROOMS.find((room) => file.startsWith(`${room}/`));
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);

describe('The house', () => {
  it('is read whole by this test', () => {
    expect(files).toContain('triggers/main.ts');
    expect(imports).toContainEqual({ from: 'triggers/main.ts', to: 'triggers/module.ts' });
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('imports downward only', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [room, target] = [roomOf(from), roomOf(to)];
      return room === undefined || target === undefined || !MAY_IMPORT[room].includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('takes of the SDK what the API needs in lib/lacework, and nothing in lib/normalizer', () => {
    const takenIn = (room: Room) =>
      new Set(
        files
          .filter((file) => roomOf(file) === room)
          .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(FROM_SDK)])
          .flatMap(([, names = '']) => names.split(','))
          .map((name) => name.replace(/\btype\b/, '').trim())
          .filter(Boolean),
      );
    expect([...takenIn('lib/lacework')].sort()).toEqual(LACEWORK_TAKES);
    expect([...takenIn('lib/normalizer')]).toEqual([]);
  });

  it('has no cycle', () => {
    const targets = new Map(
      files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps the SDK free of the word Lacework', () => {
    const speaking = files.filter(
      (file) => file.startsWith(SDK_ROOM) && /lacework/i.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(speaking).toEqual([]);
  });
});
