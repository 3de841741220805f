/** The text without what would steer a terminal: the words of an alert are a stranger's. */
export function printable(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
}
