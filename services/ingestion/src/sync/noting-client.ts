import type { OperationName } from '../amazon/operations.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';

/** The same client, which says of each call that was answered which operation it was. */
export function notingClient(
  client: SpApiClient,
  note: (operation: OperationName) => void,
): SpApiClient {
  return {
    async call(caller, call, schema) {
      const answer = await client.call(caller, call, schema);
      note(call.operation);
      return answer;
    },
  };
}
