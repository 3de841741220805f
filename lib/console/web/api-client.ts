import type { ApiProblem, FormProblem } from '../api.js';

/** Why the console did not do what it was asked for, in words for a person. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: readonly FormProblem[];

  constructor(status: number, { message, problems }: ApiProblem) {
    super(message);
    this.status = status;
    this.problems = problems ?? [];
  }
}

/** Asks the console for something. */
export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, signal ? { signal } : {});
}

/** Has the console do something. */
export function act<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown = {}): Promise<T> {
  return ask<T>(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** The error's words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, { message: 'The console does not answer. Is it still running in its terminal?' });
  });
  const body: unknown = await response.json().catch(() => ({ message: `The console answered ${response.status}.` }));
  if (!response.ok) throw new ApiError(response.status, body as ApiProblem);
  return body as T;
}
