import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addSamples } from '../../lib/cli/demo-alerts.js';
import { startIntake } from '../../lib/console/platform/intake.js';
import { startPlatform } from '../../lib/console/platform/platform.js';
import { startEmulator } from '../../lib/emulator/emulator.js';
import { packageVersion } from '../../lib/package-version.js';
import { freePort } from '../helpers/free-port.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type BuiltImage, buildImage } from './build-image.js';
import { missingImports } from './missing-imports.js';
import { runProgram } from './run-program.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const FIVE_MINUTES = 300_000;
/** Only root can give up its rights; anybody else has few to begin with. */
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: 1000, gid: 1000 } : {};
const owner = isRoot ? '1000:1000' : `${process.getuid?.()}:${process.getgid?.()}`;

describe('The image that the Dockerfile makes', () => {
  let home: Awaited<ReturnType<typeof temporaryDirectory>>;
  let image: BuiltImage;
  let module: string;

  beforeAll(async () => {
    home = await temporaryDirectory();
    chmodSync(home.path, 0o755);
    image = await buildImage(REPOSITORY, home.path, owner);
    module = join(image.root, image.workdir);
  }, FIVE_MINUTES);
  afterAll(() => home.remove());

  it('starts the trigger as a user without rights, named by number', () => {
    expect(image).toMatchObject({
      workdir: '/module',
      user: '1000:1000',
      entrypoint: ['node', 'dist/bin/main.js'],
      command: ['fetch_new_logs'],
      env: { NODE_ENV: 'production' },
    });
  });

  it('misses no file and no package that its entry points import', () => {
    expect(missingImports(module, ['dist/bin/main.js', 'dist/bin/lacework-trigger.js'])).toEqual([]);
  });

  it('holds the two programs with the licences of what is in them, the manifests, and no more', () => {
    const own = readdirSync(module, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(module.length + 1));
    const kinds =
      /^(dist\/bin\/([\w.-]+\.js|licences\.md)|(package|manifest|trigger_fetch_new_logs|connector_fetch_new_logs)\.json)$/;
    expect(own.filter((file) => !kinds.test(file))).toEqual([]);
    expect(own).toContain('dist/bin/licences.md');
  });

  it('names the commands that it knows', async () => {
    const [, entry = ''] = image.entrypoint;
    const options = { cwd: module, env: { PATH: process.env['PATH'] }, ...user };
    const { code, errors } = await runProgram(process.execPath, [entry, 'nope'], options);
    expect(code).toBe(2);
    expect(errors).toContain('The command nope is unknown. Known commands: fetch_new_logs, ');
  });

  it("has the operator's commands on its path", async () => {
    const command = join(image.root, 'usr/local/bin/lacework-trigger');
    const options = { cwd: '/', env: { PATH: process.env['PATH'] }, ...user };
    expect(await runProgram(command, ['--version'], options)).toEqual({
      code: 0,
      output: `${packageVersion()}\n`,
      errors: '',
    });
  });

  it('says where the console is to be had, which it has not', async () => {
    const options = { cwd: '/', env: { PATH: process.env['PATH'], HOME: home.path } };
    const { code, errors } = await runProgram(join(image.root, 'usr/local/bin/lacework-trigger'), ['console'], options);
    expect([code, errors]).toEqual([
      4,
      expect.stringMatching(/^error: The console's page is not part of this inst.+\n$/),
    ]);
  });

  it('gives the data path, and nothing else, to its user', () => {
    const ownerOf = (path: string) => statSync(join(image.root, path)).uid;
    expect(ownerOf('symphony_data')).toBe(Number(owner.split(':')[0]));
    expect([ownerOf('symphony'), ownerOf('module'), ownerOf('module/dist')]).toEqual(Array(3).fill(process.getuid?.()));
  });

  it('collects alerts with nothing but what it holds', async () => {
    const key = { keyId: 'KEY', secret: 'hush' };
    const emulator = await startEmulator(key);
    addSamples(emulator, Date.now());
    const platform = await startPlatform();
    const intake = await startIntake({ keys: ['intake-key'] });
    const place = platform.open({ secrets: { secret: key.secret } });
    const child: ChildProcess = spawn(process.execPath, [...image.entrypoint.slice(1), ...image.command], {
      cwd: module,
      ...user,
      stdio: 'ignore',
      env: {
        ...image.env,
        PATH: process.env['PATH'],
        SYMPHONY_DIR: join(image.root, 'symphony'),
        SYMPHONY_DATA_DIR: join(image.root, 'symphony_data'),
        MODULE_CONFIGURATION: JSON.stringify({ account: emulator.url, keyId: key.keyId }),
        TRIGGER_CONFIGURATION: JSON.stringify({ frequency: 1, intake_key: 'intake-key' }),
        INTAKE_URL: intake.url,
        TOKEN: place.token,
        URL_CALLBACK: place.urlCallback,
        LIVENESS_PORT: String(await freePort()),
        METRICS_PORT: String(await freePort()),
      },
    });
    try {
      await waitUntil('seven events', () => intake.events.length === 7);
      child.kill('SIGTERM');
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(readdirSync(join(image.root, 'symphony_data'))).not.toEqual([]);
    } finally {
      child.kill('SIGKILL');
      await Promise.all([emulator.close(), platform.close(), intake.close()]);
    }
  });
});
