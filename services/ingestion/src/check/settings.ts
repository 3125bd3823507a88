import { readSettings } from '@recoup/service-kit';
import { z } from 'zod';
import type { Region } from '../amazon/regions.js';
import type { LwaSettings } from '../amazon/lwa.js';
import { ingestionSettings } from '../config.js';

const settingsSchema = ingestionSettings
  .pick({ SPAPI_ENDPOINT: true, LWA_ENDPOINT: true, LWA_CLIENT_ID: true, LWA_CLIENT_SECRET: true })
  .extend({
    /** The consent to try; unset, it is read from standard input. */
    AMAZON_REFRESH_TOKEN: z.string().min(1).optional(),
  });

export interface CheckSettings {
  /** Undefined: Amazon's own host of the region. */
  readonly endpoint: string | undefined;
  readonly region: Region;
  readonly lwa: LwaSettings;
  readonly refreshToken: string;
  readonly withReport: boolean;
}

export interface CheckOptions {
  /** Undefined: that of the endpoint's host, or North America. */
  readonly region: Region | undefined;
  readonly withReport: boolean;
}

/**
 * What is to be checked, from the same settings as the service's. Throws BadSetting with the name of what is missing or
 * wrong. `askToken` gives the refresh token where the environment has none.
 */
export async function readCheckSettings(
  environment: Readonly<Record<string, string | undefined>>,
  { region, withReport }: CheckOptions,
  askToken: () => Promise<string>,
): Promise<CheckSettings> {
  const read = readSettings(settingsSchema, environment);
  const endpoint = read.SPAPI_ENDPOINT;
  return {
    endpoint,
    region: region ?? regionOf(endpoint) ?? 'na',
    withReport,
    refreshToken: read.AMAZON_REFRESH_TOKEN ?? (await askToken()),
    lwa: {
      endpoint: read.LWA_ENDPOINT,
      clientId: read.LWA_CLIENT_ID,
      clientSecret: read.LWA_CLIENT_SECRET,
    },
  };
}

/** Amazon's hosts end in their region: `sellingpartnerapi-eu.amazon.com`. */
function regionOf(endpoint: string | undefined): Region | undefined {
  const named = /sellingpartnerapi-(na|eu|fe)\b/.exec(endpoint ?? '')?.[1];
  return z.enum(['na', 'eu', 'fe']).optional().parse(named);
}
