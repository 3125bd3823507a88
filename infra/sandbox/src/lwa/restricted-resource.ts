import { z } from 'zod';

export const DATA_ELEMENTS = ['buyerInfo', 'shippingAddress', 'buyerTaxInformation'] as const;
/** What a restricted data token may be asked to open. */
export type DataElement = (typeof DATA_ELEMENTS)[number];

/** One call that a restricted data token is good for; `{orderId}` in its path stands for any order. */
export const restrictedResourceSchema = z.object({
  method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
  path: z.string().min(1),
  dataElements: z.array(z.enum(DATA_ELEMENTS)).optional(),
});
export type RestrictedResource = z.infer<typeof restrictedResourceSchema>;

/** What a token opens of a call; undefined when the token is not good for the call at all. */
export function openedBy(
  resources: readonly RestrictedResource[],
  call: { readonly method: string; readonly path: string },
): ReadonlySet<DataElement> | undefined {
  const good = resources.filter(
    ({ method, path }) => method === call.method && isOf(call.path, path),
  );
  return good.length === 0
    ? undefined
    : new Set(good.flatMap(({ dataElements = [] }) => dataElements));
}

function isOf(path: string, template: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part === given[at] || /^\{\w+\}$/.test(part))
  );
}
