const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'] as const;

/** The proxies that the environment names, without their credentials. */
export function proxiesSeen(environment: NodeJS.ProcessEnv): string {
  const seen = VARIABLES.flatMap((name) => {
    const value = environment[name.toLowerCase()] || environment[name];
    return value ? [`${name} ${withoutCredentials(value)}`] : [];
  });
  return seen.length === 0 ? 'none: calls go out directly' : seen.join(', ');
}

function withoutCredentials(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//');
}
