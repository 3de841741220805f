import { z } from 'zod';
import type { ConsoleView } from '../api.js';
import type { FaultDesk } from '../demo/fault-desk.js';
import type { LiveFeed } from '../live/live-feed.js';
import type { LogStore } from '../logs/log-store.js';
import { isSameToken, TOKEN_COOKIE } from './guard.js';
import { HttpProblem } from './http-problem.js';
import type { Routes } from './router.js';

const LOG_LINES = 500;
const DAYS_30_SECONDS = 30 * 86_400;

/** What the routes of the console as a whole work with. */
export interface ConsoleRoutesParts {
  readonly view: () => ConsoleView;
  readonly live: LiveFeed;
  readonly logs: LogStore;
  readonly token: string | undefined;
  /** Absent where there is nothing to break. */
  readonly faults: FaultDesk | undefined;
}

const tokenInput = z.object({ token: z.string() });
const switchInput = z.object({ on: z.boolean() });

/** The overview, the live stream, the trigger log, the faults, and the token. */
export function consoleRoutes({ view, live, logs, token, faults }: ConsoleRoutesParts): Routes {
  const desk = () => {
    if (!faults) throw new HttpProblem(404, 'Faults can be switched on in the demo only.');
    return faults;
  };
  return {
    'GET /api/console': () => view(),
    'GET /api/live'({ request, query }) {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket')
        throw new HttpProblem(426, 'The live stream is a WebSocket.');
      live.open(request, query.get('since') ?? undefined);
    },
    'GET /api/logs'({ query }) {
      return logs.search({
        levels: new Set((query.get('levels') ?? '').split(',')),
        text: query.get('text') ?? '',
        before: Number(query.get('before') ?? Number.POSITIVE_INFINITY),
        limit: LOG_LINES,
      });
    },
    'GET /api/faults': () => desk().list(),
    'POST /api/faults/off': () => desk().clear(),
    'POST /api/faults/:board/:id'({ parameters, body }) {
      const wanted = switchInput.safeParse(body);
      if (!wanted.success) throw new HttpProblem(400, 'Say {"on": true} or {"on": false}.');
      const done = desk().set(parameters['board'] ?? '', parameters['id'] ?? '', wanted.data.on);
      if (!done) throw new HttpProblem(404, 'There is no such switch.');
      return {};
    },
    'POST /api/demo/alerts/:what'({ parameters }) {
      if (!desk().addAlerts(parameters['what'] ?? '')) throw new HttpProblem(404, 'There is no such button.');
      return {};
    },
    'POST /api/session'({ body, response }) {
      const given = tokenInput.safeParse(body);
      if (token !== undefined && !(given.success && isSameToken(given.data.token, token))) {
        throw new HttpProblem(401, 'The token is wrong. Open the address that the console printed.');
      }
      const cookie = `${TOKEN_COOKIE}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${DAYS_30_SECONDS}`;
      response.setHeader('Set-Cookie', cookie);
      return {};
    },
  };
}
