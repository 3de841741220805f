/** The time in the zone of this machine, as `YYYY-MM-DD HH:MM:SS`; empty when it can't be read. */
export function localTime(time: string | undefined): string {
  const moment = new Date(time ?? Number.NaN);
  if (Number.isNaN(moment.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${date} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')}`;
}
