/** What is done with every byte of every alert: AssemblyScript, which `npm run wasm` compiles into ../wasm.ts. */
export { countSpecial, escapeText } from './escape';
export { readHead } from './head';
export { escapeBytes, escapedStart, headStart, windowBytes, windowStart } from './memory';
export { beginScan, scan } from './scan';
