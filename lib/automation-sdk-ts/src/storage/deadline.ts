/** A server did not answer within its time. */
export class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** The task's result, or DeadlineError after `ms` of real time; the task itself goes on unheard. */
export async function withDeadline<T>(ms: number, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}
