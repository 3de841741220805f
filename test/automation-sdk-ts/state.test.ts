import { mkdtemp, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idleConnector, type ModuleRun, startModule } from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

describe('the state of a trigger', () => {
  let platform: PlatformServer;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const start = async (stateStore: string, environment: Record<string, string> = {}) => {
    const { item, context } = idleConnector(stateStore);
    run = await startModule({ platform, item, environment });
    return { ...(await context), lines: run.lines };
  };

  it('does not show the password of its store in a line', async () => {
    const { monitor } = await start('memory://user:marker-store@host');
    monitor.report({ code: 'sample', level: 'info', text: 'The store said marker-store.' });
    expect(run?.lines.map(({ message }) => message)).toEqual(['The store said [secret].']);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is worth a warning in a container and on no mounted volume', async () => {
    const directory = await mkdtemp('/dev/shm/state-');
    const { lines } = await start(`file://${directory}`, { KUBERNETES_SERVICE_HOST: '10.0.0.1' });
    expect(lines.map(({ level, code }) => [level, code])).toEqual([['warning', 'state_not_on_volume']]);
    await run?.stop();
    await rm(directory, { recursive: true });
  });
});
