import { html, type Html } from './html.js';

type Cell = string | number;

/** Pairs of a name and a value. */
export function facts(pairs: readonly (readonly [string, Cell])[]): Html {
  const rows = pairs.map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A table with its heads; those that begin with `#` are columns of numbers. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  if (rows.length === 0) return html`<p>None.</p>`;
  const classes = heads.map((head) => (head.startsWith('#') ? 'number' : 'text'));
  const head = heads.map(
    (name, column) =>
      html`<th scope="col" class="${classes[column] ?? 'text'}">${name.replace(/^#/, '')}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.map(
      (cell, column) => html`<td class="${classes[column] ?? 'text'}">${cell}</td>`,
    );
    return html`<tr>
      ${cells}
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}
