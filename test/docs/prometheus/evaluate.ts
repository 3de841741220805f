import { parser } from '@prometheus-io/lezer-promql';
import type { Sample, Scrape } from './scrapes.js';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A moment of what Prometheus has scraped, the newest scrape last. */
interface Moment {
  readonly at: number;
  readonly scrapes: readonly Scrape[];
}

type Labels = Sample['labels'];
type Value = number | readonly Sample[];
type Text = (node: SyntaxNode) => string;
type Reader = (node: SyntaxNode, moment: Moment) => Value;

/** A series older than this is gone. */
const LOOKBACK_SECONDS = 300;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};
const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  Eql: (a, b) => a === b,
  Gtr: (a, b) => a > b,
  Gte: (a, b) => a >= b,
  Lss: (a, b) => a < b,
  Lte: (a, b) => a <= b,
};
/**
 * Of a series in a range, oldest first. `increase` and `rate` do not extrapolate to the range's ends as Prometheus does: whether
 * they are 0 or more is the same.
 */
const OVER_RANGE: Readonly<Record<string, (values: readonly number[], seconds: number) => number | undefined>> = {
  increase: (values) => increaseOf(values),
  rate(values, seconds) {
    const increase = increaseOf(values);
    return increase === undefined ? undefined : increase / seconds;
  },
  min_over_time: (values) => Math.min(...values),
};

const trees = new Map<string, SyntaxNode>();

/** The value of an expression in PromQL; knows as much of the language as alert rules here use, and refuses the rest. */
export function evaluate(expression: string, moment: Moment): Value {
  const text: Text = (node) => expression.slice(node.from, node.to);
  const readAt: Reader = (node, at) => {
    switch (node.name) {
      case 'PromQL':
      case 'ParenExpr':
        return readAt(node.firstChild as SyntaxNode, at);
      case 'NumberDurationLiteral':
        return Number(text(node));
      case 'VectorSelector':
        return newest(at).filter(selectorOf(node, text));
      case 'FunctionCall':
        return call(node, text, readAt, at);
      case 'BinaryExpr':
        return combine(node, text, (side) => readAt(side, at));
      default:
        throw new SyntaxError(`The evaluator does not know ${node.name}: ${text(node)}`);
    }
  };
  return readAt(treeOf(expression), moment);
}

/** Rules are evaluated at each minute of many hours, and parsed once. */
function treeOf(expression: string): SyntaxNode {
  const tree = trees.get(expression) ?? parser.parse(expression).topNode;
  trees.set(expression, tree);
  return tree;
}

function call(node: SyntaxNode, text: Text, readAt: Reader, moment: Moment): Value {
  const name = text(node.getChild('FunctionIdentifier') as SyntaxNode);
  const argument = node.getChild('FunctionCallBody')?.firstChild;
  if (name === 'time') return moment.at;
  if (argument == null) throw new SyntaxError(`${name} has no argument.`);
  if (name === 'absent') {
    const found = readAt(argument, moment) as readonly Sample[];
    return found.length > 0 ? [] : [{ labels: {}, value: 1 }];
  }
  const over = OVER_RANGE[name];
  const [, range = '', step] = /\[(\w+)(?::(\w+))?\]$/.exec(text(argument)) ?? [];
  if (over === undefined || range === '') throw new SyntaxError(`The evaluator does not know ${text(node)}.`);
  const inner = argument.firstChild as SyntaxNode;
  const { at, scrapes } = moment;
  const seconds = secondsOf(range);
  const times = step === undefined ? scrapes.map((scrape) => scrape.at) : steps(at, secondsOf(step), seconds);
  const inRange = times.filter((time) => time > at - seconds && time <= at);
  const series = seriesOf(inRange.map((time) => readAt(inner, { at: time, scrapes }) as readonly Sample[]));
  return series.flatMap(({ labels, values }) => {
    const value = over(values, seconds);
    return value === undefined ? [] : [{ labels: withoutName(labels), value }];
  });
}

/** The times at which a subquery is evaluated: the multiples of its step in the range. */
function steps(at: number, step: number, range: number): number[] {
  const last = Math.floor(at / step) * step;
  return Array.from({ length: Math.floor(range / step) }, (_, index) => last - index * step).reverse();
}

function secondsOf(duration: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return Number(count) * (SECONDS[unit] ?? Number.NaN);
}

function combine(node: SyntaxNode, text: Text, read: (node: SyntaxNode) => Value): Value {
  const [left, right] = [read(node.firstChild as SyntaxNode), read(node.lastChild as SyntaxNode)];
  const operator = node.firstChild?.nextSibling?.name ?? '';
  const grouping = node.getChild('MatchingModifierClause')?.getChild('GroupingLabels');
  const on = grouping
    ? text(grouping)
        .replace(/[()\s]/g, '')
        .split(',')
    : undefined;
  if (operator === 'And' || operator === 'Or') {
    const [kept, others] = [left as readonly Sample[], right as readonly Sample[]];
    const isIn = (sample: Sample, among: readonly Sample[]) =>
      among.some(({ labels }) => keyOf(labels, on) === keyOf(sample.labels, on));
    if (operator === 'And') return kept.filter((sample) => isIn(sample, others));
    return [...kept, ...others.filter((sample) => !isIn(sample, kept))];
  }
  const [arithmetic, comparison] = [ARITHMETIC[operator], COMPARISON[operator]];
  const apply = (a: number, b: number, sample: Sample): Sample[] => {
    if (arithmetic) return [{ labels: withoutName(sample.labels), value: arithmetic(a, b) }];
    if (comparison) return comparison(a, b) ? [sample] : [];
    throw new SyntaxError(`The evaluator does not know ${operator}.`);
  };
  if (typeof left === 'number' && typeof right === 'number' && arithmetic) return arithmetic(left, right);
  if (typeof left !== 'number' && typeof right === 'number') {
    return left.flatMap((sample) => apply(sample.value, right, sample));
  }
  if (typeof left === 'number' && typeof right !== 'number') {
    return right.flatMap((sample) => apply(left, sample.value, sample));
  }
  throw new SyntaxError(`The evaluator does not know this use of ${operator}.`);
}

/** Which series the selector takes. */
function selectorOf(selector: SyntaxNode, text: Text): (sample: Sample) => boolean {
  const name = text(selector.getChild('Identifier') as SyntaxNode);
  const matchers = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const wanted = matchers.map((matcher) => {
    const [, label = '', value] = /^(\w+)="(.*)"$/.exec(text(matcher)) ?? [];
    if (value === undefined) throw new SyntaxError(`The evaluator does not know ${text(matcher)}.`);
    return [label, value] as const;
  });
  return ({ labels }) => labels['__name__'] === name && wanted.every(([label, value]) => labels[label] === value);
}

function newest({ at, scrapes }: Moment): readonly Sample[] {
  const last = scrapes.findLast((scrape) => scrape.at <= at);
  return last === undefined || last.at < at - LOOKBACK_SECONDS ? [] : last.samples;
}

/** The values of each series, in the order of the moments. */
function seriesOf(moments: readonly (readonly Sample[])[]): { labels: Labels; values: number[] }[] {
  const series = new Map<string, { labels: Labels; values: number[] }>();
  for (const { labels, value } of moments.flat()) {
    const key = keyOf(labels, Object.keys(labels).sort());
    const one = series.get(key) ?? { labels, values: [] };
    one.values.push(value);
    series.set(key, one);
  }
  return [...series.values()];
}

/** How much a counter has grown; it begins anew when its process does. */
function increaseOf(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  return values.slice(1).reduce((sum, value, index) => {
    const before = values[index] as number;
    return sum + (value < before ? value : value - before);
  }, 0);
}

function keyOf(labels: Labels, names: readonly string[] = Object.keys(withoutName(labels)).sort()): string {
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}

function withoutName({ __name__: _, ...labels }: Labels): Labels {
  return labels;
}
