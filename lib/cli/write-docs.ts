import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { detectionDocs } from './docs/detection/detection-docs.js';
import { normalizerDocs } from './docs/normalizer-docs.js';
import { operatorDocs } from './docs/operator-docs.js';

const SAMPLES = 'test/fixtures/samples';
const SIGMA = 'docs/sigma';

const samples = readdirSync(SAMPLES)
  .sort()
  .map((file) => (JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8')) as { message: string }).message);
const sigma = readdirSync(SIGMA)
  .sort()
  .map((file) => [file, readFileSync(`${SIGMA}/${file}`, 'utf8')] as const);

const pages = {
  ...operatorDocs(),
  ...normalizerDocs(samples),
  ...detectionDocs(readFileSync('docs/data/detection-rules.json', 'utf8'), Object.fromEntries(sigma)),
};
for (const [file, text] of Object.entries(pages)) {
  writeFileSync(file, text);
  process.stdout.write(`${file} written\n`);
}
