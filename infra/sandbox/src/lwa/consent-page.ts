import { OFFERED_SELLERS } from '../world/sellers.js';

export interface ConsentRequest {
  readonly application_id: string;
  readonly state: string;
  readonly redirect_uri: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** The page on which a seller lets an application act for it. Works without scripts. */
export function consentPage(asked: ConsentRequest, problem = ''): string {
  const hidden = Object.entries<string>({ ...asked })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('\n      ');
  const choices = OFFERED_SELLERS.map(({ id, storeName, marketplaces }, at) => {
    const countries = marketplaces.map(({ countryCode }) => countryCode).join(', ');
    const label = `${escapeHtml(storeName)} <small>${id} · ${countries}</small>`;
    const checked = at === 0 ? ' checked' : '';
    return `<label><input type="radio" name="seller" value="${id}"${checked}> ${label}</label>`;
  }).join('\n      ');
  return page(`
    <h1>Authorize an application</h1>
    <p>The application <code>${escapeHtml(asked.application_id)}</code> asks to read the account of:</p>
    ${problem === '' ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
    <form method="post" action="/apps/authorize/consent">
      ${hidden}
      ${choices}
      <label>Another seller id <input name="other_seller" pattern="A[0-9A-Z]{9,15}"
        placeholder="A1B2C3D4E5F6G7" autocomplete="off"></label>
      <button name="decision" value="approve">Approve</button>
      <button name="decision" value="deny" formnovalidate>Deny</button>
    </form>`);
}

/** The page for a request that cannot be sent back to where it came from. */
export function refusalPage(reason: string): string {
  return page(`
    <h1>This request cannot be authorized</h1>
    <p role="alert">${escapeHtml(reason)}</p>`);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Sandbox Seller Central</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }
      label { display: block; margin: .5rem 0; }
      button { margin: 1rem .5rem 0 0; padding: .4rem 1.2rem; font: inherit; }
      [role=alert] { color: #a00; }
    </style>
  </head>
  <body>${content}
    <p><small>A simulated Amazon. Nothing here reaches a real account.</small></p>
  </body>
</html>
`;
}
