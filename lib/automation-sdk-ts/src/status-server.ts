import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Health } from './health.js';
import type { Monitor } from './message.js';
import { portTaken } from './messages.js';
import type { PrometheusMetrics } from './prometheus-metrics.js';
import type { RuntimeValues } from './runtime-values.js';

/** An answer of a status server. */
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The servers that answer for a running trigger. */
export interface StatusServers {
  close(): void;
}

/** Offers `/health` and `/metrics`, each on its port; a port that is taken gets a warning, and the trigger works without it. */
export async function startStatusServers(
  values: RuntimeValues,
  health: Health,
  metrics: PrometheusMetrics,
  monitor: Monitor,
): Promise<StatusServers> {
  const liveness = values.port('liveness_port', 8000);
  const metricsPort = values.port('metrics_port', 8020);
  const healthServer = await listen(liveness, '/health', async () => {
    const { alive, body } = health.report();
    return { status: alive ? 200 : 500, ...json(body) };
  }).catch((error: NodeJS.ErrnoException) => warn('health check', liveness, 'liveness_port', error, monitor));
  const metricsServer = await listen(metricsPort, '/metrics', async () => ({
    status: 200,
    type: metrics.contentType,
    body: await metrics.text(),
  })).catch((error: NodeJS.ErrnoException) => warn('metrics', metricsPort, 'metrics_port', error, monitor));

  return {
    close() {
      for (const server of [healthServer, metricsServer]) {
        server?.close();
        server?.closeAllConnections();
      }
    },
  };
}

async function listen(port: number, path: string, answer: () => Promise<Answer>): Promise<Server> {
  const server = createServer((request, response) => {
    const [asked] = (request.url ?? '/').split('?');
    const found = asked === path ? answer() : Promise.resolve(notFound(path));
    found.then(
      (it) => write(response, it),
      () => write(response, { status: 500, ...json({ error: 'The answer could not be made.' }) }),
    );
  });
  server.listen(port);
  await once(server, 'listening');
  return server;
}

function notFound(path: string): Answer {
  return { status: 404, ...json({ error: `Only ${path} is here.` }) };
}

function write(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function json(body: unknown): Pick<Answer, 'type' | 'body'> {
  return { type: 'application/json', body: JSON.stringify(body) };
}

function warn(purpose: string, port: number, value: string, error: NodeJS.ErrnoException, monitor: Monitor): undefined {
  monitor.report(portTaken({ purpose, port, reason: error.code ?? error.message, value }));
}
