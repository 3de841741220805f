/** A number of things as a person reads it: `1 alert`, `2 alerts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
