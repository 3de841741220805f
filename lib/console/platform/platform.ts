import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Answer, jsonAnswer } from '../../emulator/answer.js';
import { type Breakage, isBreakage, sendAnswer } from '../../emulator/send-answer.js';
import { type Schedule, SwitchBoard } from '../../emulator/switch-board.js';
import { parseJson, readBody, startLoopbackServer } from './loopback-server.js';

/** What a trigger calls the platform for. */
export type PlatformFunction = 'logs' | 'secrets' | 'callback';

/** A fault of the platform: an error status, or a connection that breaks after the call has taken effect. */
export type PlatformFault = ({ readonly kind: 'status'; readonly status: number } | Breakage) &
  Schedule & {
    /** The calls it strikes; `callback` when not given. */
    readonly on?: PlatformFunction | 'any';
  };

const logBatch = z.object({
  logs: z.array(
    z.object({
      date: z.string(),
      level: z.enum(['debug', 'info', 'warning', 'error', 'critical']),
      message: z.string(),
    }),
  ),
});

/** One line of a trigger's log. */
export type LogEntry = z.infer<typeof logBatch>['logs'][number];

const playbookEvent = z.object({
  name: z.string(),
  event: z.unknown(),
  request_id: z.string(),
  directory: z.string().optional(),
});

/** An event that started a playbook run. */
export type PlaybookRun = z.infer<typeof playbookEvent>;

const taskStatus = z.object({
  status: z.enum(['running', 'finished']),
  results: z.object({ success: z.boolean() }).optional(),
  error: z.string().optional(),
});

/** What a task reports of itself. */
export type TaskStatus = z.infer<typeof taskStatus>;

/** What the platform holds for a trigger or a task. */
export interface PlaceOptions {
  /** Answered at `url_secrets`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The account with its secrets, answered to a validation that says that it runs. */
  readonly account?: Readonly<Record<string, unknown>>;
  readonly onLogs?: (entries: readonly LogEntry[]) => void;
  readonly onPlaybookRun?: (run: PlaybookRun) => void;
  readonly onTaskStatus?: (status: TaskStatus) => void;
}

/** The place of one trigger or task on the platform: its addresses, and what has arrived there. */
export interface Place {
  readonly id: string;
  readonly token: string;
  readonly urlCallback: string;
  readonly urlLogs: string;
  readonly urlSecrets: string;
  readonly logs: LogEntry[];
  readonly playbookRuns: PlaybookRun[];
  readonly taskStatuses: TaskStatus[];
}

/** The playbook platform, as far as a trigger can see it. */
export interface Platform {
  readonly url: string;
  readonly faults: SwitchBoard<PlatformFault>;
  /** Makes a place for a trigger or a task. */
  open(options: PlaceOptions): Place;
  /** Forgets the place: its token is refused from now on. */
  remove(place: Place): void;
  close(): Promise<void>;
}

interface OpenPlace {
  readonly place: Place;
  readonly options: PlaceOptions;
}

/** Starts a platform on 127.0.0.1; port 0 takes a free one. */
export async function startPlatform({ port = 0 }: { readonly port?: number } = {}): Promise<Platform> {
  const places = new Map<string, OpenPlace>();
  const faults = new SwitchBoard<PlatformFault>();
  const server = await startLoopbackServer(port, (request, response) => {
    // A client that hangs up in the middle is no failure of the server.
    void handle(request, response, places, faults).catch(() => response.destroy());
  });
  return {
    url: server.url,
    faults,
    open(options) {
      const id = randomUUID();
      const base = `${server.url}/api/v1/triggers/${id}`;
      const place: Place = {
        id,
        token: randomBytes(24).toString('base64url'),
        urlCallback: `${base}/callback`,
        urlLogs: `${base}/logs`,
        urlSecrets: `${base}/secrets`,
        logs: [],
        playbookRuns: [],
        taskStatuses: [],
      };
      places.set(id, { place, options });
      return place;
    },
    remove: ({ id }) => void places.delete(id),
    close: () => server.close(),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  places: ReadonlyMap<string, OpenPlace>,
  faults: SwitchBoard<PlatformFault>,
): Promise<void> {
  const [, id = '', called = ''] =
    /^\/api\/v1\/triggers\/([^/]+)\/(logs|secrets|callback)$/.exec(request.url ?? '') ?? [];
  const body = parseJson((await readBody(request)).toString());
  const open = places.get(id);
  if (!open) return sendAnswer(response, jsonAnswer(404, { message: 'Not found' }));
  const fault = faults.strike(({ on = 'callback' }) => on === 'any' || on === called);
  if (fault?.kind === 'status') {
    return sendAnswer(response, jsonAnswer(fault.status, { message: `The platform answers ${fault.status}` }));
  }
  const known = request.headers.authorization === `Bearer ${open.place.token}`;
  const answer = known
    ? answerKnown(`${request.method} ${called}`, body, open)
    : jsonAnswer(401, { message: 'The token is unknown' });
  await sendAnswer(response, answer, fault && isBreakage(fault) ? fault : undefined);
}

function answerKnown(call: string, body: unknown, { place, options }: OpenPlace): Answer {
  switch (call) {
    case 'GET secrets':
      return jsonAnswer(200, { value: options.secrets });
    case 'POST logs':
      return take(logBatch, body, ({ logs }) => {
        place.logs.push(...logs);
        options.onLogs?.(logs);
        return {};
      });
    case 'POST callback':
      return take(playbookEvent, body, (run) => {
        place.playbookRuns.push(run);
        options.onPlaybookRun?.(run);
        return {};
      });
    case 'PATCH callback':
      return take(taskStatus, body, (status) => {
        place.taskStatuses.push(status);
        options.onTaskStatus?.(status);
        return status.status === 'running' ? { module_configuration: { value: options.account ?? {} } } : {};
      });
    default:
      return jsonAnswer(405, { message: 'Method not allowed' });
  }
}

function take<T>(shape: z.ZodType<T>, body: unknown, use: (value: T) => object): Answer {
  const read = shape.safeParse(body);
  if (!read.success) return jsonAnswer(400, { message: z.prettifyError(read.error) });
  return jsonAnswer(200, use(read.data));
}
