import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../helpers/wait-until.js';
import { type ModuleProcess, startModuleProcess } from './module-process.js';
import { markers } from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

/** The built product, whose account check is stopped here. */
const accountCheck = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

describe('the process of a module', () => {
  let platform: PlatformServer;
  let module: ModuleProcess | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    module = undefined;
  });

  afterEach(async () => {
    module?.child.kill('SIGKILL');
    await module?.ended;
    await platform.close();
  });

  const start = async (command: string, sign: string, environment = {}) => {
    module = await startModuleProcess(platform, command, environment);
    await waitUntil(`${sign} from ${command}`, () => module?.output().includes(sign) ?? false);
    return module;
  };

  const stop = async ({ child, ended }: ModuleProcess, signal: NodeJS.Signals = 'SIGTERM') => {
    const from = performance.now();
    child.kill(signal);
    const code = await ended;
    return { code, seconds: (performance.now() - from) / 1_000 };
  };

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('ends with 0 after %s, its last lines sent', async (signal) => {
    const { code, seconds } = await stop(await start('collect', 'Poll 2.'), signal);
    expect(code).toBe(0);
    // Sooner than the next batch would have gone by itself.
    expect(seconds).toBeLessThan(4);
    const messages = platform.logLines().map(({ message }) => message);
    expect(messages.slice(0, 2)).toEqual(['Poll 1.', 'Poll 2.']);
    expect(messages.at(-1)).toBe('Stopped.');
  });

  it('ends with 0 within 10 s when the platform hangs and run() takes no notice', async () => {
    platform.next('/logs', [], { kind: 'hang' });
    const { code, seconds } = await stop(await start('stubborn', 'Working.'));
    expect(code).toBe(0);
    expect(seconds).toBeGreaterThan(7);
    expect(seconds).toBeLessThan(10);
  });

  it('ends with 0 after SIGTERM when a critical line keeps it from working', async () => {
    const stopped = await start('collect', 'critical', { CONNECTOR_CONFIGURATION: '{}' });
    await waitUntil('the critical line', () => platform.logLines().length === 1);
    expect((await stop(stopped)).code).toBe(0);
  });

  it('ends with 0 after SIGTERM while it still waits for its secrets', async () => {
    platform.next('/secrets', [], { kind: 'hang' });
    module = await startModuleProcess(platform, 'collect');
    await waitUntil('the call', () => platform.to('/secrets').length === 1);
    const { code, seconds } = await stop(module);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(7);
  });

  it.each([
    ['begins', []],
    ['has ended', [{ kind: 'json', body: { module_configuration: { value: {} } } }] as const],
  ])('ends with 0 after SIGTERM when the platform hangs as it is told that the account check %s', async (_, before) => {
    platform.next('/callback', before, { kind: 'hang' });
    module = await startModuleProcess(platform, 'validate_module_configuration', {}, accountCheck);
    await waitUntil('the call that hangs', () => platform.to('/callback').length === before.length + 1);
    const { code, seconds } = await stop(module);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(7);
    expect(module.output()).toBe('');
  });

  it('ends with 1 after an error that nobody caught, logged without what hangs on it', async () => {
    const { ended, output } = await start('crash', 'module_crashed');
    expect(await ended).toBe(1);
    expect(platform.logLines().find(({ level }) => level === 'error')?.message).toBe(
      'An unexpected error ends the module, which the platform starts again: lost [secret].',
    );
    expect(output()).not.toContain(markers.secret);
  });

  it('ends with 2 and names the known commands on its error output when the command is unknown', async () => {
    const { ended, output } = await start('nonsense', 'Known commands');
    expect(await ended).toBe(2);
    expect(output()).toContain(
      "\nThe command nonsense is unknown. Known commands: collect, stubborn, crash. Give one of them as the container's argument.\n",
    );
  });
});
