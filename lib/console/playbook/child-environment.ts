const PASSED_ON = /^(PATH|HOME|TMPDIR|TZ|LANG|LC_.*|NODE_.*|SSL_CERT_.*|(HTTPS?|ALL|NO)_PROXY)$/i;

/**
 * The environment of a trigger: what the machine needs, and no values of its own that the trigger would read as the platform's.
 * The platform and the intake are on loopback, where no proxy can follow.
 */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passedOn = Object.entries(environment).filter(([name]) => PASSED_ON.test(name) && !/^no_proxy$/i.test(name));
  const noProxy = [environment['NO_PROXY'] ?? environment['no_proxy'], '127.0.0.1', 'localhost'];
  return { ...Object.fromEntries(passedOn), NO_PROXY: noProxy.filter(Boolean).join(',') };
}
