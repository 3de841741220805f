/** The alert as Lacework sent it: the event's `message`, or the event itself where raw alerts are forwarded. */
export function rawAlertOf(text: string): string {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event !== 'object' || event === null || !('message' in event) || !('event' in event)) return text;
    return typeof event.message === 'string' ? event.message : text;
  } catch {
    return text;
  }
}
