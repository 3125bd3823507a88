import type { Browser } from 'playwright-core';
import { startProduct, type Product } from '../product/index.js';
import { openChromium } from './chromium.js';
import { serveClient, type ClientOptions, type ServedClient } from './serve-client.js';
import { openWebClient, type WebClient } from './web-client.js';

/** Where the page comes from, as a browser sees it from the gateway. */
const PLACES = {
  /** The gateway's own origin. */
  same: { api: 'own' },
  /** Another port of `localhost`, which the gateway allows. */
  allowed: { api: 'gateway' },
  /** Another port, which it does not allow. To the browser still the same site: cookies go along. */
  foreign: { api: 'gateway' },
  /** Another site, allowed by mistake or on purpose: `SameSite=Lax` cookies stay behind. */
  otherSite: { api: 'gateway', host: '127.0.0.1' },
} as const satisfies Record<string, ClientOptions>;
export type Place = keyof typeof PLACES;

/** The running product, a browser, and the web client in every place. */
export interface Stage extends AsyncDisposable {
  readonly product: Product;
  originOf(place: Place): string;
  /** Opens the client in a browser that nobody has used: no cookie, no cache. */
  open(place: Place): Promise<WebClient>;
  /** Opens the client elsewhere in a browser that somebody uses already. */
  openBeside(client: WebClient, place: Place): Promise<WebClient>;
}

/** Starts everything. The sync is slow enough to be watched by who looks every three seconds. */
export async function setStage(): Promise<Stage> {
  const served = new Map<Place, ServedClient>();
  for (const [place, options] of Object.entries(PLACES)) {
    served.set(place as Place, await serveClient(options));
  }
  const originOf = (place: Place): string => served.get(place)?.origin ?? '';
  const clear = async (...others: AsyncDisposable[]): Promise<void> => {
    for (const one of [...others, ...served.values()]) await one[Symbol.asyncDispose]();
  };
  let product: Product | undefined;
  try {
    product = await startProduct({
      orders: 300,
      environment: {
        SPAPI_RATE_SCALE: '120',
        SYNC_WORKERS: '8',
        FRONTEND_URL: originOf('same'),
        CORS_ORIGINS: [originOf('allowed'), originOf('otherSite')].join(','),
        OAUTH_REDIRECT_URI: `${originOf('same')}/api/v1/integrations/amazon/auth/callback`,
      },
    });
    const { origin } = product;
    for (const page of served.values()) page.useGateway(origin);
    return stageOf(product, { chromium: await openChromium(), originOf, clear });
  } catch (error) {
    await clear(...(product ? [product] : []));
    throw error;
  }
}

interface Props {
  readonly chromium: Browser;
  readonly originOf: (place: Place) => string;
  readonly clear: (...others: AsyncDisposable[]) => Promise<void>;
}

function stageOf(product: Product, { chromium, originOf, clear }: Props): Stage {
  return {
    product,
    originOf,
    open: async (place) => openWebClient(await chromium.newContext(), `${originOf(place)}/`),
    openBeside: ({ context }, place) => openWebClient(context, `${originOf(place)}/`),
    async [Symbol.asyncDispose]() {
      await chromium.close();
      await clear(product);
    },
  };
}

let sellers = 0;

/** A seller whom nobody has connected yet: one seller belongs to one user. */
export function nextSeller(): string {
  sellers += 1;
  return `A9WEBCLIENT${String(sellers).padStart(2, '0')}`;
}
