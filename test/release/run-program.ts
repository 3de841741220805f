import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end, whatever its exit code. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number },
): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { maxBuffer: 2 ** 26, ...options });
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, output: stdout ?? '', errors: stderr ?? '' };
  }
}

/** Runs a program that has to succeed, and gives its output; throws with all that it said when it fails. */
export async function mustRun(...call: Parameters<typeof runProgram>): Promise<string> {
  const { code, output, errors } = await runProgram(...call);
  if (code !== 0)
    throw new Error(`${call[0]} ${call[1].join(' ')} ended with exit code ${code}.\n${output}\n${errors}`);
  return output;
}
