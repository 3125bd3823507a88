import type { Service } from '@recoup/service-kit';

/** The service's structured log. */
export type Log = Service['log'];
