import type { Bus } from '@recoup/bus';
import type { EventStore } from '@recoup/event-store';
import type { FastifyInstance, FastifyBaseLogger, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { KeptAnswers } from './adapters/kept-answers.js';
import type { OauthStates } from './adapters/oauth-states.js';
import type { QueuedClaim, QueuePage } from './adapters/filing-queue.js';
import type { OperatorReads } from './adapters/operator-reads.js';
import type { ReadModels } from './adapters/read-models.js';
import type { SignInLinks } from './adapters/sign-in-links.js';
import type { DocumentFiles } from './document-files.js';
import type { CommandContext } from './commands/context.js';
import type { Session, Sessions } from './http/session.js';
import type { Settings } from './settings.js';
import type { LiveTail } from './sse/live-tail.js';
import type { SessionEnds } from './sse/session-ends.js';

/** What routes work with. */
export interface Gateway {
  readonly settings: Settings;
  readonly sessions: Sessions;
  /** Tells of sessions that were signed out: their streams end. */
  readonly sessionEnds: SessionEnds;
  /** Reads made for requests, under row-level security. */
  readonly reads: ReadModels;
  /** The log as requests may see it: one tenant's streams. */
  readonly streams: Pick<EventStore, 'readStream' | 'readTenant'>;
  /** What an operator may ask across sellers. */
  readonly operators: OperatorReads;
  /** The filing queue as a session may see it: an operator all of it, a seller its own. */
  readonly filingQueue: (session: Session, page: QueuePage) => Promise<readonly QueuedClaim[]>;
  readonly commands: CommandContext;
  /** Null where no storage is set up. */
  readonly documents: DocumentFiles | null;
  readonly bus: Bus;
  readonly tail: LiveTail;
  readonly keptAnswers: KeptAnswers;
  readonly oauthStates: OauthStates;
  readonly signInLinks: SignInLinks;
  /** Aborted when the gateway stops: streams end themselves. */
  readonly signal: AbortSignal;
}

/** The server with zod as its type provider. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
