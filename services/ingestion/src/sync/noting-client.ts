import type { OperationName } from '../amazon/operations.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';

/**
 * The same client, which says of each call, once, which operation it was: as soon as its token is taken, so that what is
 * under way is not counted as still to come beside a bucket that has paid for it.
 */
export function notingClient(
  client: SpApiClient,
  note: (operation: OperationName) => void,
): SpApiClient {
  return {
    call(caller, call, schema) {
      let noted = false;
      const onGranted = (): void => {
        if (!noted) note(call.operation);
        noted = true;
      };
      return client.call({ ...caller, onGranted }, call, schema);
    },
  };
}
