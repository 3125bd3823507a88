import { describe, expect, it } from 'vitest';
import { html } from './html.js';

describe('html', () => {
  it('given text, then it stays text between tags and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('given its own kind, one or many, then they are put in as they are', () => {
    const words = ['a', '<b>'].map((text) => html`<i>${text}</i>`);
    expect(html`<p>${words}${html`<br />`}</p>`.text).toBe('<p><i>a</i><i>&lt;b&gt;</i><br /></p>');
  });
});
