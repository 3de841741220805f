import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page is a handful of files beside the console's server, which sends them from memory. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('../../../dist/lib/console/web', import.meta.url)),
    emptyOutDir: true,
    // The built page is copies of other people's work: their licences travel with it.
    license: { fileName: 'licences.md' },
    // Every file is asked for by its own name: inlined ones would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  logLevel: 'warn',
});
