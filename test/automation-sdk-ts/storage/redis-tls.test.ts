import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../helpers/certificate.js';
import { freePort } from '../../helpers/free-port.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { findProgram, RunningProgram, skipNotice } from './servers/server-process.js';

const program = findProgram('redis-server');
if (program === undefined) describe('storage: rediss', () => it.skip(skipNotice('redis-server'), () => {}));
else describeTls(program);

function describeTls(redisServer: string): void {
  const writer = fileURLToPath(new URL('../processes/keep-one-value.mjs', import.meta.url));
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let server: RunningProgram;
  let port: number;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    port = await freePort();
    const { key, cert } = await makeCertificate();
    await writeFile(join(directory.path, 'key.pem'), key);
    await writeFile(join(directory.path, 'cert.pem'), cert);
    const settings = {
      bind: '127.0.0.1',
      port: 0,
      'tls-port': port,
      'tls-cert-file': join(directory.path, 'cert.pem'),
      'tls-key-file': join(directory.path, 'key.pem'),
      'tls-auth-clients': 'no',
      dir: directory.path,
      requirepass: 'marker-password',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    server = new RunningProgram(redisServer, args);
    await waitUntil('redis-server listens', () => listens(port));
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await directory.remove();
  });

  async function keepOneValue(certificates: Record<string, string>): Promise<string> {
    const url = `rediss://:marker-password@127.0.0.1:${port}/0`;
    const env = { PATH: process.env['PATH'], ...certificates };
    const { stdout } = await promisify(execFile)(process.execPath, [writer, url, directory.path], { env });
    return stdout;
  }

  describe('storage: rediss', () => {
    it('keeps a value over TLS with the authority that NODE_EXTRA_CA_CERTS names', async () => {
      expect(await keepOneValue({ NODE_EXTRA_CA_CERTS: join(directory.path, 'cert.pem') })).toBe('read 7\n');
    });

    it('throws, and names no password, where the certificate is not trusted', async () => {
      const said = await keepOneValue({});
      expect(said).toMatch(/^StorageError: .*127\.0\.0\.1/);
      expect(said).not.toContain('marker-password');
    });
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
