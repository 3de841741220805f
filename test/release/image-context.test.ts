import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { contextFiles } from './build-image.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const files = contextFiles(REPOSITORY);

describe('What .dockerignore lets through to the builder', () => {
  it('is the sources, and what builds and describes them', () => {
    const kinds = [
      /^(package|package-lock|tsconfig|tsconfig\.base|manifest|trigger_fetch_new_logs|connector_fetch_new_logs)\.json$/,
      /^vite\.config\.ts$/,
      /^(triggers|lib)\/[\w/-]+\.ts$/,
      /^lib\/automation-sdk-ts\/(package|tsconfig)\.json$/,
      /^lib\/automation-sdk-ts\/LICENSE$/,
    ];
    expect(files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
    for (const kind of kinds) expect(files.some((file) => kind.test(file))).toBe(true);
  });

  it('is no test, no built file, no page, no demo, and no writer of documentation', () => {
    const unwanted =
      /^(test|docs|dist|node_modules|\.git)\/|\/(dist|node_modules|web|docs)\/|lib\/cli\/(demo|run-demo|write-)/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
  });

  it('is small', () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(REPOSITORY, file)).size, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });
});
