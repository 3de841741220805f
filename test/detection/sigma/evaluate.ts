import type { Search, SigmaRule } from '../../../lib/cli/docs/detection/sigma-rule.js';
import { type Condition, parseCondition } from './condition.js';
import { matchField } from './match-field.js';

/** Whether the rule fires on the event; throws a SyntaxError when the rule is wrong. */
export function fires(rule: Pick<SigmaRule, 'condition' | 'searches'>, event: unknown): boolean {
  return holds(parseCondition(rule.condition), rule.searches, event);
}

function holds(condition: Condition, searches: Readonly<Record<string, Search>>, event: unknown): boolean {
  switch (condition.is) {
    case 'and':
      return condition.operands.every((operand) => holds(operand, searches, event));
    case 'or':
      return condition.operands.some((operand) => holds(operand, searches, event));
    case 'not':
      return !holds(condition.operand, searches, event);
    case 'search': {
      const search = searches[condition.name];
      if (search === undefined) throw new SyntaxError(`There is no search named ${condition.name}.`);
      return matchSearch(search, event);
    }
    case 'of': {
      const named = namesLike(condition.pattern, Object.keys(searches));
      const found = named.filter((name) => matchSearch(searches[name] as Search, event)).length;
      return found >= (condition.quantity === 'all' ? named.length : condition.quantity);
    }
  }
}

/** The names that the pattern stands for; `them` is every name that does not begin with `_`. */
function namesLike(pattern: string, names: readonly string[]): string[] {
  const like = new RegExp(pattern === 'them' ? '^(?!_)' : `^${pattern.replaceAll('*', '.*')}$`);
  const found = names.filter((name) => like.test(name));
  if (found.length === 0) throw new SyntaxError(`There is no search named like ${pattern}.`);
  return found;
}

function matchSearch(search: Search, event: unknown): boolean {
  return [search]
    .flat()
    .some((map) => Object.entries(map).every(([key, expected]) => matchField(event, key, expected)));
}
