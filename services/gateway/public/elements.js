// What the parts of the page are made of. Text is always set as text: nothing that Amazon sends is read as HTML.

export const byId = (id) => document.getElementById(id);

/** An element with a text, or with children. */
export function element(name, content, className) {
  const made = document.createElement(name);
  if (Array.isArray(content)) made.append(...content);
  else made.textContent = content;
  if (className) made.className = className;
  return made;
}

/** Entries of a definition list, one pair of term and text each. */
export const definitions = (pairs) =>
  pairs.map(([term, text]) => element('div', [element('dt', term), element('dd', text)]));

export const number = new Intl.NumberFormat('en-US');

export const money = (amount, currency) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);

export const when = (timestamp) => new Date(timestamp).toLocaleString();

/** Runs something a button asked for, with its button out of reach meanwhile, and tells what went wrong. */
export async function press(button, work) {
  button.disabled = true;
  notify();
  try {
    await work();
  } catch (error) {
    notify(error.message);
  } finally {
    button.disabled = false;
  }
}

export function notify(message) {
  const open = document.querySelector('dialog[open] .notice');
  for (const notice of document.querySelectorAll('.notice')) notice.hidden = true;
  const notice = open ?? byId('notice');
  notice.textContent = message ?? '';
  notice.hidden = !message;
}
