import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, which holds `dist` too: this code runs from lib, from dist/lib, and bundled from dist/bin. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`No package.json above ${import.meta.dirname}: install the package again.`);
    folder = above;
  }
  return folder;
}
