/** The Markdown link to a technique's page: `T1078.004`. */
export function techniqueLink(technique: string): string {
  return `[${technique}](https://attack.mitre.org/techniques/${technique.replace('.', '/')}/)`;
}
