import {
  CONNECT_SUBJECT,
  connectRequestSchema,
  type ConnectReply,
  type ConnectRequest,
} from '@recoup/contracts';
import { connectionData } from './event-data.js';
import type { GatewayUnderTest } from './gateway-under-test.js';
import { Seller } from './seller.js';

type AnswerConnect = (request: ConnectRequest) => Promise<ConnectReply>;

/** Takes credentials in the place of ingestion, over the same wire. */
export interface IngestionStandIn {
  /** What the gateway has handed over since the last reset. */
  requests: ConnectRequest[];
  answer: AnswerConnect;
  /** Forgets the requests, and answers again as ingestion does when Amazon takes the credential. */
  reset(): void;
}

export function standInForIngestion({ bus, store }: GatewayUnderTest): IngestionStandIn {
  let tenants = 0;
  /** The connection and its first sync are in the log before the answer. */
  const connect: AnswerConnect = async ({ tenantId, sellingPartnerId }) => {
    tenants += 1;
    const tenant = tenantId ?? `tenant-${tenants}`;
    const seller = new Seller(store, tenant);
    await seller.connect({ sellingPartnerId });
    const [requested] = await seller.events(await seller.request('connected'));
    const { marketplaces } = connectionData;
    return { outcome: 'connected', tenantId: tenant, marketplaces, position: requested!.position };
  };
  const standIn: IngestionStandIn = {
    requests: [],
    answer: connect,
    reset() {
      standIn.requests = [];
      standIn.answer = connect;
    },
  };
  bus.respond(CONNECT_SUBJECT, (body) => {
    const request = connectRequestSchema.parse(body);
    standIn.requests.push(request);
    return standIn.answer(request);
  });
  return standIn;
}
