import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readRuntimeValues } from '@sekoia/automation-sdk-ts';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

describe('the values of the platform', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  const read = (environment: Record<string, string> = {}) =>
    readRuntimeValues({ SYMPHONY_DIR: directory.path, ...environment });
  const put = (name: string, text: string) => writeFile(`${directory.path}/${name}`, text);

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });

  afterEach(() => directory.remove());

  it('are read from the file before the environment', async () => {
    await put('token', 'from the file\n');
    const values = await read({ TOKEN: 'from the environment', URL_LOGS: ' https://platform.example/logs ' });
    expect(values.required('token')).toBe('from the file');
    expect(values.required('url_logs')).toBe('https://platform.example/logs');
  });

  it.each(['', ' \n'])('are absent when blank (%j)', async (blank) => {
    await put('intake_url', blank);
    const values = await read({ URL_LOGS: blank });
    expect(values.optional('intake_url')).toBeUndefined();
    expect(values.optional('url_logs')).toBeUndefined();
    expect(values.json('module_configuration')).toBeUndefined();
  });

  it('say where they are looked for when they are missing and required', async () => {
    const values = await read();
    expect(() => values.required('token')).toThrow(
      `The platform's value token is missing: there is neither the file ${directory.path}/token nor the variable TOKEN. Start the module from the platform, or give one of them.`,
    );
  });

  it('may be JSON in a file, JSON in the environment, or base64 of JSON in the environment', async () => {
    await put('module_configuration', '{"from":"file"}');
    const values = await read({
      TRIGGER_CONFIGURATION: '{"from":"environment"}',
      CONNECTOR_CONFIGURATION: Buffer.from('{"from":"base64"}').toString('base64'),
    });
    expect(values.json('module_configuration')).toEqual({ from: 'file' });
    expect(values.json('trigger_configuration')).toEqual({ from: 'environment' });
    expect(values.json('connector_configuration')).toEqual({ from: 'base64' });
  });

  it('are refused without being repeated when they are not JSON', async () => {
    await put('module_configuration', Buffer.from('{}').toString('base64'));
    const values = await read({ TRIGGER_CONFIGURATION: 'marker' });
    expect(() => values.json('module_configuration')).toThrow(
      "The platform's value module_configuration is not JSON. Save the form again, or correct the file or the variable MODULE_CONFIGURATION.",
    );
    expect(() => values.json('trigger_configuration')).toThrow(/^(?!.*marker)/);
  });

  it('name the file that is there and cannot be read, when they are asked for', async () => {
    await mkdir(`${directory.path}/token`);
    const values = await read({ TOKEN: 'from the environment' });
    expect(() => values.required('token')).toThrow(
      `The file ${directory.path}/token can't be read (EISDIR). Give this process the right to read it, or remove it.`,
    );
  });

  it.each([
    [undefined, 8000],
    ['0', 0],
    ['65535', 65_535],
  ])('give the port %s as %d', async (text, port) => {
    const values = await read(text === undefined ? {} : { LIVENESS_PORT: text });
    expect(values.port('liveness_port', 8000)).toBe(port);
  });

  it.each(['65536', '-1', '80a', '8e3'])('refuse the port %s', async (text) => {
    const values = await read({ LIVENESS_PORT: text });
    expect(() => values.port('liveness_port', 8000)).toThrow('is not a port number from 0 to 65535');
  });

  it('keep data in /symphony_data unless told otherwise', async () => {
    expect((await read()).dataRoot).toBe('/symphony_data');
    expect((await read({ SYMPHONY_DATA_DIR: '/elsewhere' })).dataRoot).toBe('/elsewhere');
  });
});
