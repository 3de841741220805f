const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A text from outside as it is shown: characters that would turn the order of what follows stand as escapes, `\u202E`. */
export function shownText(text: string): string {
  return text.replace(TURNS, (turn) => `\\u${turn.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}
