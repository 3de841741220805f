/**
 * Whether the text, a day (2026-01-31) or a time that begins with one, is in the calendar: Date.parse takes the 31st of
 * February for the 3rd of March.
 */
export function isExistingTime(text: string): boolean {
  const day = text.slice(0, 10);
  return !Number.isNaN(Date.parse(text)) && new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().startsWith(day);
}
