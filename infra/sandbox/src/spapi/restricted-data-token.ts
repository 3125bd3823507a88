import { z } from 'zod';
import { RESTRICTED_TOKEN_SECONDS } from '../lwa/grants.js';
import {
  restrictedResourceSchema,
  type DataElement,
  type RestrictedResource,
} from '../lwa/restricted-resource.js';
import { ok, type Call, type Operation } from '../wire/operation.js';
import { parse } from '../wire/query.js';
import { invalidInput, unauthorized } from '../wire/sp-api-error.js';

/** The restricted operations that the sandbox has, and what each may be asked for. */
const RESTRICTED: readonly { path: RegExp; elements: readonly DataElement[] }[] = [
  {
    path: /^\/orders\/v0\/orders$/,
    elements: ['buyerInfo', 'shippingAddress', 'buyerTaxInformation'],
  },
  { path: /^\/orders\/v0\/orders\/[^/]+\/orderItems$/, elements: ['buyerInfo'] },
];

const bodySchema = z.strictObject({
  targetApplication: z.string().optional(),
  restrictedResources: z.array(restrictedResourceSchema).min(1).max(50),
});

/** `createRestrictedDataToken`: a token that opens buyers' data in the calls it names, for an hour. */
export const createRestrictedDataToken: Operation = {
  name: 'createRestrictedDataToken',
  method: 'POST',
  path: '/tokens/2021-03-01/restrictedDataToken',
  handle({ deps, sellerId, access, body }: Call) {
    const { restrictedResources } = parse(bodySchema, body);
    for (const resource of restrictedResources) checkResource(resource);
    if (!deps.restrictedRole.isGranted(sellerId)) {
      throw unauthorized('The application has no role that gives access to restricted data.');
    }
    return ok({
      restrictedDataToken: deps.grants.restrictedToken(access, restrictedResources),
      expiresIn: RESTRICTED_TOKEN_SECONDS,
    });
  },
};

function checkResource({ method, path, dataElements = [] }: RestrictedResource): void {
  const operation = RESTRICTED.find((one) => method === 'GET' && one.path.test(path));
  if (!operation) throw invalidInput(`${method} ${path} is no restricted resource.`, path);
  const foreign = dataElements.find((element) => !operation.elements.includes(element));
  if (foreign !== undefined) throw invalidInput(`${path} has no data element ${foreign}.`, foreign);
}
