import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { missingImports } from './missing-imports.js';

describe('The search for what is missing', () => {
  let home: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeEach(async () => {
    home = await temporaryDirectory();
  });
  afterEach(() => home.remove());

  const write = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home.path, path)), { recursive: true });
      writeFileSync(join(home.path, path), text);
    }
  };

  it('finds files that are not there, and every package, however far from the entry', () => {
    write({
      'app/main.js': "import { a } from './a.js';\nimport fs from 'node:fs';\n",
      'app/a.js': 'import {\n  b,\n} from \'./b.js\';\nexport const later = () => import("./c.js");\n',
      'app/c.js': "import 'absent';\nimport '@scope/absent/part';\nimport './main.js';\n",
    });
    expect(missingImports(join(home.path, 'app'), ['main.js'])).toEqual([
      'a.js: ./b.js',
      'c.js: absent',
      'c.js: @scope/absent/part',
    ]);
  });
});
