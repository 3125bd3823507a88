import type { App } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { errorSchema } from './error-schema.js';

/** Clients offer to connect a document mailbox. This product takes uploads instead, and says so. */
export function documentMailboxRoute(app: App): void {
  app.get(
    '/api/v1/integrations/connect-docs',
    { schema: { summary: 'Not offered', response: { 501: errorSchema } } },
    () => {
      throw new Problem(
        { status: 501, code: 'not_offered' },
        'Document mailboxes cannot be connected. Please upload documents to a claim instead.',
      );
    },
  );
}
