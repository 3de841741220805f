/** A range of alerts' start times, in milliseconds since 1970; both ends belong to it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A time as the API and the messages write it: RFC 3339, UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A time as a person reads it in a message: to the second, UTC. */
export function readableTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A window as a person reads it in a message. */
export function readableWindow({ from, to }: Window): string {
  return `${readableTime(from)} to ${readableTime(to)}`;
}

/** A duration as a person reads it in a message. */
export function readableDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}
