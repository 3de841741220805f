import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';

const IMPORT = /^(?:import|export)\s(?:[^;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

/**
 * What the files that run need and is not there: follows every import from the entry files below `root` (paths relative to it), into
 * the packages that are the module's own, and looks for each other package where Node would, but never above `root`.
 */
export function missingImports(root: string, entries: readonly string[]): string[] {
  const missing = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, fixed, dynamic] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const specifier = (fixed ?? dynamic) as string;
      if (isBuiltin(specifier)) continue;
      const target = specifier.startsWith('.') ? join(dirname(file), specifier) : packageEntry(root, file, specifier);
      if (target === undefined || !existsSync(target)) missing.add(`${relative(root, file)}: ${specifier}`);
      else if (target.endsWith('.js')) visit(target);
    }
  };
  for (const entry of entries) visit(join(root, entry));
  return [...missing];
}

/** The entry file of the module's own SDK, or the folder of any other package; undefined when there is none up to `root`. */
function packageEntry(root: string, from: string, specifier: string): string | undefined {
  const [scope, name] = specifier.split('/') as [string, string?];
  const packageName = scope.startsWith('@') ? `${scope}/${name}` : scope;
  for (let folder = dirname(from); folder.startsWith(root); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', packageName);
    if (existsSync(found)) return specifier === '@sekoia/automation-sdk-ts' ? join(found, 'dist/index.js') : found;
  }
  return undefined;
}
