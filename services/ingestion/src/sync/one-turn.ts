import type { OperationName } from '../amazon/operations.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';

/** What their answers tell is remembered with the window: giving it back after them loses nothing. */
const REMEMBERED = new Set<OperationName>(['createReport', 'getReports', 'getReport']);

/**
 * The same client for the reading of one window, which the end of the sync's turn ends only while nothing is lost by it:
 * once an answer has come that would have to be asked for again, the window waits for its tokens whatever the turn.
 */
export function oneTurnClient(client: SpApiClient): SpApiClient {
  let holdsAnswers = false;
  return {
    async call(caller, call, schema) {
      const by = holdsAnswers ? { ...caller, turn: undefined } : caller;
      const answer = await client.call(by, call, schema);
      holdsAnswers ||= !REMEMBERED.has(call.operation);
      return answer;
    },
  };
}
