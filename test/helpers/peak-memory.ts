/** Has a Node process say, in its last line on standard error, the most memory that it held: for `--import`. */
export const REPORT_MEMORY =
  'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';

/** What it said, in bytes. */
export function reportedMemory(errors: string): number {
  return Number(errors.trimEnd().split('\n').at(-1)) * 1024;
}
