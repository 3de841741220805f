/** The values inside a JSON value, by their paths: `alertInfo.subject`, `related.ip[0]`. */
export function flatten(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return new Map([[path, value]]);
  return new Map(
    entries.flatMap(([name, inner]) => {
      const step = isList ? `[${name}]` : path === '' ? name : `.${name}`;
      return [...flatten(inner, path + step)];
    }),
  );
}
