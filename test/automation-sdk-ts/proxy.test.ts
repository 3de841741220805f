import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, request as forward, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../helpers/certificate.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type ModuleProcess, startModuleProcess } from './module-process.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

/** A forward proxy that keeps what it was asked for. */
async function startProxy() {
  const asked: string[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { method, headers } = incoming;
    const onward = forward(incoming.url ?? '', { ...(method === undefined ? {} : { method }), headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(`CONNECT ${url}`);
    const [host, port] = url.split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a module behind a proxy', () => {
  let certificate: Awaited<ReturnType<typeof makeCertificate>>;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let platform: PlatformServer;
  let module: ModuleProcess | undefined;

  beforeAll(async () => {
    certificate = await makeCertificate();
  });

  beforeEach(async () => {
    proxy = await startProxy();
    directory = await temporaryDirectory();
    await writeFile(`${directory.path}/ca.pem`, certificate.cert);
    module = undefined;
  });

  afterEach(async () => {
    module?.child.kill('SIGKILL');
    await module?.ended;
    await platform.close().catch(() => undefined);
    proxy.server.close();
    proxy.server.closeAllConnections();
    await directory.remove();
  });

  const runToTheEnd = async (environment: Record<string, string>) => {
    module = await startModuleProcess(platform, 'collect', environment);
    await waitUntil('a poll', () => module?.output().includes('Poll 1.') ?? false);
    module.child.kill('SIGTERM');
    expect(await module.ended).toBe(0);
    expect(platform.logLines().at(-1)?.message).toBe('Stopped.');
    return proxy.asked;
  };

  it.each(['HTTP_PROXY', 'http_proxy'])('makes its http calls through %s', async (variable) => {
    platform = await startPlatformServer();
    expect(await runToTheEnd({ [variable]: proxy.url })).toEqual([
      `GET ${platform.url}/api/v1/triggers/7/secrets`,
      `POST ${platform.url}/api/v1/triggers/7/logs`,
    ]);
  });

  it('makes its https calls through HTTPS_PROXY, trusting NODE_EXTRA_CA_CERTS', async () => {
    platform = await startPlatformServer(certificate);
    const asked = await runToTheEnd({ HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: `${directory.path}/ca.pem` });
    expect(new Set(asked)).toEqual(new Set([`CONNECT ${new URL(platform.url).host}`]));
  });

  it('makes its https calls through HTTPS_PROXY, trusting the ca_cert of the platform', async () => {
    platform = await startPlatformServer(certificate);
    const asked = await runToTheEnd({ HTTPS_PROXY: proxy.url, CA_CERT: certificate.cert });
    expect(new Set(asked)).toEqual(new Set([`CONNECT ${new URL(platform.url).host}`]));
  });

  it.each([
    ['is down', 'refuses or does not accept connections (ECONNREFUSED)', () => proxy.server.close()],
    ['reaches no platform', 'gives no connection', () => platform.close()],
  ])('names the proxy, without its password, when it %s', async (_, why, fail) => {
    platform = await startPlatformServer(certificate);
    const { host } = new URL(platform.url);
    await fail();
    const address = proxy.url.replace('//', '//user:marker-proxy-password@');
    module = await startModuleProcess(platform, 'collect', { HTTPS_PROXY: address, CA_CERT: certificate.cert });
    const said = `The platform ${host} can't be reached through the proxy ${new URL(proxy.url).host}, which ${why}; check the proxy, or correct HTTPS_PROXY, HTTP_PROXY or NO_PROXY.`;
    await waitUntil('the proxy is named', () => module?.output().includes(said) ?? false);
    expect(module.output()).not.toContain('marker-proxy-password');
  });

  it('does not name the proxy for what the platform behind it does', async () => {
    platform = await startPlatformServer(certificate);
    platform.next('/secrets', [{ kind: 'reset' }]);
    await runToTheEnd({ HTTPS_PROXY: proxy.url, CA_CERT: certificate.cert });
    expect(module?.output()).toContain(
      `The platform ${new URL(platform.url).host} closed the connection before its answer was complete (ECONNRESET).`,
    );
  });

  it('makes the calls that NO_PROXY names by itself, trusting the ca_cert of the platform', async () => {
    platform = await startPlatformServer(certificate);
    expect(await runToTheEnd({ HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost', CA_CERT: certificate.cert })).toEqual([]);
  });
});
