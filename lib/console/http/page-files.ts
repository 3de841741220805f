import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { ModuleError } from '@sekoia/automation-sdk-ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The built page: a few files, held in memory. */
export class PageFiles {
  readonly #files: ReadonlyMap<string, PageFile>;

  constructor(files: ReadonlyMap<string, PageFile>) {
    this.#files = files;
  }

  /** Answers with the file; with the page itself for every other path, which the page then reads. */
  send(request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = this.#files.get(path) ?? (extname(path) === '' ? this.#files.get('/index.html') : undefined);
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
      return;
    }
    if (request.headers['if-none-match'] === file.headers['ETag']) {
      response.writeHead(304, file.headers).end();
      return;
    }
    response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }
}

/** Reads the built page from its directory. Of a demo it knows by itself, so that nothing has to make room later. */
export async function readPageFiles(directory: string, { isDemo }: { readonly isDemo: boolean }): Promise<PageFiles> {
  if (!existsSync(directory)) {
    throw new ModuleError(
      'page_not_built',
      "The console's page is not part of this installation: the container's image has none. Use a clone of the repository (npm ci && npm run build), or the package that npm pack makes.",
    );
  }
  const files = new Map<string, PageFile>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const read = await readFile(path);
    const body = isDemo && entry.name === 'index.html' ? Buffer.from(ofDemo(read.toString())) : read;
    files.set(path.slice(directory.length).replaceAll('\\', '/'), { body, headers: headersOf(body, type, entry.name) });
  }
  return new PageFiles(files);
}

function ofDemo(html: string): string {
  return html.replace('<html ', '<html data-demo ');
}

function headersOf(body: Buffer, type: string, name: string): Record<string, string> {
  // Names with a hash of their content never change; the page itself is asked for again.
  const isHashed = /-[\w-]{8}\.\w+$/.test(name);
  return {
    'Content-Type': type,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
}
