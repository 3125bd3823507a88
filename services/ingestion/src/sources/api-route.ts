import { sourcesOf } from './registry.js';
import type { Source } from './source.js';

/** The sources of the route `api`, in the order in which a seller wants to see them. */
export const apiRoute: readonly Source[] = sourcesOf('api');
