/** A condition of a Sigma rule, taken apart. */
export type Condition =
  | { readonly is: 'search'; readonly name: string }
  | { readonly is: 'of'; readonly quantity: 'all' | number; readonly pattern: string }
  | { readonly is: 'not'; readonly operand: Condition }
  | { readonly is: 'and' | 'or'; readonly operands: readonly Condition[] };

/** Takes a condition apart: `or` binds least, then `and`, then `not`; throws a SyntaxError that names the place. */
export function parseCondition(text: string): Condition {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;

  const chain = (word: 'and' | 'or', operand: () => Condition): Condition => {
    const operands = [operand()];
    while (words[at] === word) {
      at += 1;
      operands.push(operand());
    }
    return operands.length === 1 ? (operands[0] as Condition) : { is: word, operands };
  };
  const either = (): Condition => chain('or', () => chain('and', single));
  const single = (): Condition => {
    const word = words[at];
    if (word === undefined) throw new SyntaxError(`The condition "${text}" ends too early.`);
    at += 1;
    if (word === 'not') return { is: 'not', operand: single() };
    if (word === '(') {
      const inner = either();
      if (words[at] !== ')') throw new SyntaxError(`A ) is missing in the condition "${text}".`);
      at += 1;
      return inner;
    }
    if (words[at] === 'of' && /^(\d+|all)$/.test(word)) {
      const pattern = words[at + 1];
      if (pattern === undefined) throw new SyntaxError(`The condition "${text}" ends too early.`);
      at += 2;
      return { is: 'of', quantity: word === 'all' ? 'all' : Number(word), pattern };
    }
    if (!/^\w+$/.test(word) || /^(and|or|of)$/.test(word))
      throw new SyntaxError(`"${word}" is unexpected in the condition "${text}".`);
    return { is: 'search', name: word };
  };

  const condition = either();
  if (at < words.length) throw new SyntaxError(`"${words[at]}" is unexpected in the condition "${text}".`);
  return condition;
}
