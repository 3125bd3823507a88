import { readFile } from 'node:fs/promises';

const PAGE = new URL('../../docs/http-contract.md', import.meta.url);

/** What a code block of a section is: an answer with its status, a request body, or an error of any route. */
export type ExampleKind = 'body' | 'error' | `${number}`;

/** One route as `docs/http-contract.md` states it. */
export interface StatedRoute {
  /** `POST /api/sync/start`, and the same for every alias. */
  readonly operations: readonly string[];
  readonly isPublic: boolean;
  /** Statuses of its own, without those that the page gives for every route. */
  readonly statuses: readonly number[];
  readonly examples: readonly { readonly kind: ExampleKind; readonly value: unknown }[];
}

export interface ContractPage {
  readonly routes: readonly StatedRoute[];
  /** The error that the page shows for all routes. */
  readonly error: unknown;
}

/** Reads the page. Throws where a section has not the form that its first lines promise. */
export async function readContractPage(): Promise<ContractPage> {
  const [rules = '', ...sections] = (await readFile(PAGE, 'utf8')).split(/^### (?=[A-Z]+ \/)/m);
  return { routes: sections.map(routeIn), error: examplesIn(rules)[0]?.value };
}

function routeIn(section: string): StatedRoute {
  const [name = ''] = section.split('\n', 1);
  const line = (label: string): string | undefined =>
    new RegExp(`^- ${label}: (.+)$`, 'm').exec(section)?.[1];
  const access = line('Access');
  const answers = line('Answers');
  if (access !== 'public' && access !== 'session') {
    throw new Error(`"### ${name}" needs a line "- Access: public" or "- Access: session"`);
  }
  if (answers === undefined || !/^\d{3}(, \d{3})*$/.test(answers)) {
    throw new Error(`"### ${name}" needs a line such as "- Answers: 200, 404"`);
  }
  const aliases = [...(line('Also') ?? '').matchAll(/`([A-Z]+ [^`]+)`/g)];
  return {
    operations: [name.trim(), ...aliases.map(([, alias = '']) => alias)],
    isPublic: access === 'public',
    statuses: answers.split(', ').map(Number),
    examples: examplesIn(section),
  };
}

function examplesIn(text: string): { kind: ExampleKind; value: unknown }[] {
  const blocks = text.matchAll(/^```json (body|error|\d{3})\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, kind, json = '']) => ({
    kind: kind as ExampleKind,
    value: JSON.parse(json),
  }));
}
