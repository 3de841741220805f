import { readFileSync } from 'node:fs';

/** One of the documentation's samples: what Lacework sends as `message`, beside what it must become. */
export type Sample = { readonly message: string } & Record<string, unknown>;

/** The seven samples, in order. */
export function readSamples(): Sample[] {
  return [1, 2, 3, 4, 5, 6, 7].map((number) =>
    JSON.parse(readFileSync(new URL(`../fixtures/samples/event_0${number}.json`, import.meta.url), 'utf8')),
  );
}
