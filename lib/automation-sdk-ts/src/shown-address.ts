/** An address as people may read it: host and path, without the credentials and the query, which may hold a secret. */
export function shownAddress(url: string | URL): string {
  const { host, pathname } = new URL(url);
  return host + pathname.replace(/\/+$/, '');
}
