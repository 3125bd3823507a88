/**
 * While a release rolls out, processes of the one before run beside it on the same schema. So a migration may add (expand), and
 * what nobody uses any more is taken away (contract) by a later release, in a file that says so in its first line:
 *
 *     -- contract: <which release stopped to use it>
 */
const CONTRACT = /^--[ \t]*contract:[ \t]*\S/;

/** What breaks a process that does not know of it, and why. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [
    /\bdrop\s+(table|view|materialized\s+view|schema|type|sequence|role|policy)\b/,
    'drops what the release before may use',
  ],
  [/\bdrop\s+(function|procedure|routine)\b/, 'drops a function that the release before may call'],
  [
    /\bdrop\s+column\b|\balter\s+table\s[^;]*\bdrop\s+(?!constraint\b|default\b|not\b|index\b|expression\b|identity\b)/,
    'drops a column',
  ],
  [
    /\brename\s+(to|column|constraint|[a-z_"]+\s+to)\b/,
    'renames what the release before knows by its old name',
  ],
  [/\balter\s+(column\s+)?[a-z_"]+\s+(set\s+data\s+)?type\b/, 'changes the type of a column'],
  [/\bset\s+not\s+null\b/, 'refuses rows that the release before writes'],
  [/\bdrop\s+default\b/, 'refuses rows that the release before writes without the column'],
  [/\btruncate\b/, 'deletes rows'],
];

/** Columns that are added must be able to be left out by who does not know them. */
const ADDED_COLUMN = /\badd\s+(?:column\s+)(?:if\s+not\s+exists\s+)?[^,;]*/g;

/**
 * What in a migration would break processes of the release before, in words; nothing for one that only adds, and for one that
 * says in its first line that it is the contract step.
 */
export function destructiveIn(sql: string): readonly string[] {
  if (CONTRACT.test(sql)) return [];
  const statements = withoutTexts(sql).toLowerCase();
  const found = RULES.filter(([pattern]) => pattern.test(statements)).map(([, why]) => why);
  const added = statements.match(ADDED_COLUMN) ?? [];
  const demanding = added.filter(
    (column) => /\bnot\s+null\b/.test(column) && !/\b(default|generated)\b/.test(column),
  );
  return demanding.length === 0
    ? found
    : [...found, 'adds a column that must be given, without a default'];
}

/** Comments, strings and the bodies of functions: what stands in them is not done by the migration. */
function withoutTexts(sql: string): string {
  return (
    sql
      .replaceAll(/(\$[a-z_]*\$)[\s\S]*?\1/gi, "''")
      .replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
      .replaceAll(/'(?:[^']|'')*'/g, "''")
      // No program names an index.
      .replaceAll(/\balter\s+index\b[^;]*/gi, ' ')
  );
}
