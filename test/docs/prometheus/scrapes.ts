/** One series at one moment. */
export interface Sample {
  /** The name of the metric is the label `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a target answered at one moment. */
export interface Scrape {
  /** Unix time in seconds. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** What Prometheus keeps of the text that a target gives, or of no answer at all: with the target's labels, and `up`. */
export function readScrape(at: number, text: string | undefined, target: Readonly<Record<string, string>>): Scrape {
  const up = { labels: { ...target, __name__: 'up' }, value: text === undefined ? 0 : 1 };
  const lines = (text ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { at, samples: [up, ...lines.map((line) => readLine(line, target))] };
}

function readLine(line: string, target: Readonly<Record<string, string>>): Sample {
  const [, name = '', inner = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === '') throw new SyntaxError(`This is no sample: ${line}`);
  const own = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [label, text]);
  return {
    labels: { ...Object.fromEntries(own), ...target, __name__: name },
    value: Number(value.replace('Inf', 'Infinity')),
  };
}
