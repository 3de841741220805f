import type { ApiProblem, FormProblem } from '../api.js';

/** An answer that is an error, said to a person. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly problems: readonly FormProblem[] | undefined;

  constructor(status: number, message: string, problems?: readonly FormProblem[]) {
    super(message);
    this.status = status;
    this.problems = problems;
  }

  get body(): ApiProblem {
    return this.problems ? { message: this.message, problems: this.problems } : { message: this.message };
  }
}
