/** The processes that make up the product, each an image and a user of its own. */
export const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Who signs in to NATS: the services, and what prepares the stream. */
export const NATS_USERS = [...SERVICES, 'migrate'] as const;
export type NatsUser = (typeof NATS_USERS)[number];
