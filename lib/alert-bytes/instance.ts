import { WASM } from './wasm.js';

/** What is used of the global that TypeScript declares for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Constant {
  readonly value: number;
}

/** What assembly/index.ts exports; positions in its memory are called addresses. */
interface AlertBytes {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly windowStart: Constant;
  readonly windowBytes: Constant;
  readonly escapedStart: Constant;
  readonly escapeBytes: Constant;
  readonly headStart: Constant;
  beginScan(): void;
  scan(address: number, end: number): number;
  escapeText(address: number, length: number, backslashes: number): number;
  countSpecial(length: number): number;
  readHead(address: number, length: number): number;
}

/** The compiled code: it takes 16 bytes at a time, and needs no time to become fast. */
export const compiled = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(WASM, 'base64')))
  .exports as AlertBytes;
/** Its memory, which never grows. */
export const memory = Buffer.from(compiled.memory.buffer);
