import { AjvCompiler } from '@fastify/ajv-compiler';
import type { Model } from '../static-sandbox/model-files.js';
import { closedSchema } from './closed-schema.js';

/** Where an answer is not as its schema says: `/payload/Orders/0/PurchaseDate: must match format "date-time"`. */
export type Violation = string;

const compile = AjvCompiler()(
  {},
  {
    customOptions: {
      // Amazon's files have keywords and formats of their own; what is no rule of JSON Schema is passed over.
      strict: false,
      logger: false,
      allErrors: true,
      coerceTypes: false,
      useDefaults: false,
      removeAdditional: false,
    },
  },
);

type Validate = ReturnType<typeof compile>;
const compiled = new Map<string, Validate>();

/**
 * Holds an answer against the schema that a model declares for its status; a status without a schema has no rules. With
 * `closed`, members that the schema does not name are violations too: an optional member under a wrong name would
 * otherwise be one that is absent, and one that is allowed.
 */
export function violations(
  model: Model,
  { status, body }: { readonly status: number; readonly body: unknown },
  { closed }: { readonly closed: boolean },
): Violation[] {
  const declared = model.operation.responses[status];
  if (declared === undefined) return [`status ${status} is not declared`];
  if (declared.schema === undefined) return [];
  const key = `${model.method} ${model.path} ${status} ${closed}`;
  const schema = { ...(declared.schema as object), definitions: model.definitions };
  const validate =
    compiled.get(key) ??
    compile({ schema: closed ? closedSchema(schema, model.definitions) : schema });
  compiled.set(key, validate);
  if (validate(body) === true) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map(({ instancePath, message, propertyName }) =>
      propertyName === undefined
        ? `${instancePath}: ${message}`
        : `${instancePath}: the model has no ${propertyName}`,
    );
}
