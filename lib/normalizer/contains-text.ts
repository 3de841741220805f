/**
 * Whether `text` contains `part`, in time proportional to the two lengths. The engine's own search may take the product of the
 * two when a hostile text nearly repeats itself, so it is used only where a part is short.
 */
export function containsText(text: string, part: string): boolean {
  if (text.endsWith(part)) return true;
  return part.length <= 32 ? text.includes(part) : findWithFallbacks(text, part);
}

/** Knuth, Morris and Pratt's search. */
function findWithFallbacks(text: string, part: string): boolean {
  if (part.length > text.length) return false;
  const fallbacks = new Int32Array(part.length);
  for (let at = 1, matched = 0; at < part.length; at++) {
    const code = part.charCodeAt(at);
    while (matched > 0 && code !== part.charCodeAt(matched)) matched = fallbacks[matched - 1] as number;
    if (code === part.charCodeAt(matched)) matched++;
    fallbacks[at] = matched;
  }
  for (let at = 0, matched = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && code !== part.charCodeAt(matched)) matched = fallbacks[matched - 1] as number;
    if (code === part.charCodeAt(matched)) matched++;
    if (matched === part.length) return true;
  }
  return false;
}
