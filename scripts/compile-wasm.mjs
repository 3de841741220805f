/** Compiles the AssemblyScript of lib/alert-bytes, and writes it as a module that holds it; with `--print` to the output instead. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = 'lib/alert-bytes/assembly/index.ts';
const TARGET = 'lib/alert-bytes/wasm.ts';
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--outFile', 'alert-bytes.wasm'];

let binary;
const { error, stderr } = await asc.main(['--baseDir', root, SOURCE, ...OPTIONS], {
  writeFile(_, contents) {
    binary = contents;
  },
});
if (error !== null) {
  console.error(stderr.toString());
  process.exit(1);
}
const text = `/** Generated from assembly by \`npm run wasm\`. */
export const WASM =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, TARGET), text);
