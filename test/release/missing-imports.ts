import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** In braces, `import()` names a type in a comment. */
const IMPORT = /^(?:import|export)\s(?:[^;]*?\sfrom\s+)?["']([^"'\s]+)["']|(?<!\{\s?)\bimport\(["']([^"'\s]+)["']\)/gm;

/**
 * What the files that run import and is not there: follows every import from the entry files below `root` (paths relative to it).
 * A package is never there: what is built brings along all that it needs.
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
      const target = specifier.startsWith('.') ? join(dirname(file), specifier) : undefined;
      if (target === undefined || !existsSync(target)) missing.add(`${relative(root, file)}: ${specifier}`);
      else visit(target);
    }
  };
  for (const entry of entries) visit(join(root, entry));
  return [...missing];
}
