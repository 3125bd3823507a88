// How the page asks the gateway, by the same routes any frontend uses.

/** Calls a route; throws its message for a person to read. */
export async function call(path, options) {
  const response = await fetch(path, { headers: { accept: 'application/json' }, ...options });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.message), { status: response.status, body });
  return { body, response };
}

/** All pages of a list, by its Link header. */
export async function everyPage(path) {
  const rows = [];
  for (let next = path; next;) {
    const { body, response } = await call(next);
    rows.push(...body);
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return rows;
}
