import { z } from 'zod';

type Definitions = Readonly<Record<string, unknown>>;

const nodeSchema = z.object({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  allOf: z.array(z.unknown()).optional(),
});

/**
 * The same schema, in which objects hold what is named and nothing else: `propertyNames` lists it. An `allOf` is closed as
 * a whole: each of its parts would refuse what the others name.
 */
export function closedSchema(node: unknown, definitions: Definitions): unknown {
  if (Array.isArray(node)) return node.map((item) => closedSchema(item, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const { allOf, additionalProperties, properties } = nodeSchema.parse(node);
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closedSchema(value, definitions)]),
  );
  if (allOf) copy['allOf'] = allOf.map((part) => target(part, definitions));
  const open = additionalProperties !== undefined || (!allOf && !properties);
  return open
    ? copy
    : { ...copy, propertyNames: { enum: [...new Set(namesOf(node, definitions))] } };
}

/** What a reference refers to; anything else is itself. */
function target(node: unknown, definitions: Definitions): unknown {
  const { $ref } = nodeSchema.parse(node);
  return $ref === undefined ? node : definitions[$ref.replace('#/definitions/', '')];
}

function namesOf(node: unknown, definitions: Definitions): string[] {
  const { properties = {}, allOf = [] } = nodeSchema.parse(target(node, definitions));
  return [...Object.keys(properties), ...allOf.flatMap((part) => namesOf(part, definitions))];
}
