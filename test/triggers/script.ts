import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The numbers that a module prints, given as its text, in a process of its own with these options of node. */
export async function numbersOf(script: string, ...options: string[]): Promise<number[]> {
  const args = [...options, '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim().split(/\s+/).map(Number);
}
