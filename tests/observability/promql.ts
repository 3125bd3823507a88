/** What an expression asks for of one metric. */
export interface Asked {
  readonly metric: string;
  /** Labels that it is matched by; a value where it must be equal to one. */
  readonly labels: ReadonlyMap<string, string | null>;
}

/** All our metrics, and those of the process, begin in one of these ways. */
const METRIC = /\b((?:recoup|process|nodejs)_\w+)(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;
const GROUPING = /\b(?:by|on|without|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;

/** The metrics of a PromQL expression, by their names: not a parser, so that what it overlooks is a metric of others. */
export function askedIn(expression: string): readonly Asked[] {
  return [...expression.matchAll(METRIC)].map(([, metric = '', matchers = '']) => ({
    metric,
    labels: new Map(
      [...matchers.matchAll(MATCHER)].map(([, label = '', operator, value = '']) => [
        label,
        operator === '=' ? value : null,
      ]),
    ),
  }));
}

/** The labels by which an expression groups and joins. */
export function groupedBy(expression: string): readonly string[] {
  return [...expression.matchAll(GROUPING)]
    .flatMap(([, labels = '']) => labels.split(','))
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

/** Whether its brackets close in the order in which they open. */
export function isBalanced(expression: string): boolean {
  const open: string[] = [];
  const closing: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
  for (const sign of expression.replaceAll(/"[^"]*"/g, '')) {
    if ('({['.includes(sign)) open.push(sign);
    else if (sign in closing && open.pop() !== closing[sign]) return false;
  }
  return open.length === 0;
}
