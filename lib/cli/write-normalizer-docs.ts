import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { normalizerDocs } from './docs/normalizer-docs.js';

const SAMPLES = 'test/fixtures/samples';

const samples = readdirSync(SAMPLES)
  .sort()
  .map((file) => (JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8')) as { message: string }).message);
for (const [file, text] of Object.entries(normalizerDocs(samples))) {
  writeFileSync(file, text);
  process.stdout.write(`${file} written\n`);
}
