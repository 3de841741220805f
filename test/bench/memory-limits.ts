/** The most memory that the trigger's process may take, by alerts a page, in megabytes. */
export const LARGEST_PEAK: ReadonlyMap<number, number> = new Map([
  [1000, 150],
  [5000, 200],
]);
/** Bytes of memory for each alert that a backlog of MANY has more than one of FEW. */
export const LARGEST_GROWTH = 16;
export const FEW = 10_000;
export const MANY = 1_000_000;
