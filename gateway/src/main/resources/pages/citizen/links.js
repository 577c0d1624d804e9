// Links of the services are links into policy-service's API; people read them on the policy page.
import { h } from './dom.js';

/** /api/policy/v1/documents/by-number/N/articles/A: /policy?n=N&a=A. What is no such link leads to the search. */
export function pageOf(link) {
  const found = /\/documents\/(by-number\/)?([^/?]+)(?:\/articles\/([^/?]+))?/.exec(link ?? '');
  if (!found) {
    return '/policy';
  }
  const search = new URLSearchParams();
  search.set(found[1] ? 'n' : 'id', decodeURIComponent(found[2]));
  if (found[3]) {
    search.set('a', decodeURIComponent(found[3]));
  }
  return `/policy?${search}`;
}

/** A citation of subsidy-service or eldercare-service as a link, or as text where there is nothing to read. */
export function citation(one) {
  if (!one) {
    return '';
  }
  const clause = one.item ?? (one.article ? `第${one.article}条` : '');
  const name = [one.title ? `《${one.title.replace(/^《|》$/g, '')}》` : '', one.number ?? one.document ?? '', clause].filter(Boolean).join(' ');
  const text = one.kind === 'report' ? `${one.title}（${one.year} 年报道）` : name;
  return one.link ? h('a', { href: pageOf(one.link) }, text) : h('span', {}, text);
}
