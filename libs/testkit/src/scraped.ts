/** One series of a scrape. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads the text format of Prometheus. Throws at a line that is none of it. */
export function parseScrape(text: string): readonly Series[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
      if (name === '') throw new Error(`no line of a scrape: ${line}`);
      const pairs = [...labels.matchAll(LABEL)].map(([, label = '', of = '']) => [label, of]);
      return { name, labels: Object.fromEntries(pairs) as Series['labels'], value: Number(value) };
    });
}

/** The series of a metric that have these labels, among others. */
export function seriesOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly Series[] {
  return parseScrape(text).filter(
    (series) =>
      series.name === name &&
      Object.entries(labels).every(([label, value]) => series.labels[label] === value),
  );
}
