// Relations of a document, drawn as a graph whose nodes are links: others point to it from above, it points to those below.
import { h } from './dom.js';
import { pageOf } from './links.js';


export function graph(one, relations) {
  const others = relations.filter((relation) => relation.document && relation.document.id !== one.id);
  if (!others.length) {
    return h('p', { class: 'soft' }, '没有提到其他文件，也没有被其他文件提到。');
  }
  const incoming = others.filter((relation) => relation.direction === 'incoming');
  const outgoing = others.filter((relation) => relation.direction === 'outgoing');
  return h('figure', { class: 'graph' }, group(incoming, 'in', '其他文件提到它'),
    h('div', { class: 'self' }, '本文件', h('div', { class: 'small' }, one.number ?? '')), group(outgoing, 'out', '它提到其他文件'));
}

function group(list, way, name) {
  if (!list.length) {
    return null;
  }
  return h('div', { class: `side ${way}` }, h('h3', { class: 'unseen' }, name), h('ul', { class: 'plain' }, list.map((relation) =>
    h('li', {}, h('span', { class: 'edge' }, relation.kindText, arrow(way)), node(relation)))));
}

function arrow(way) {
  return h('svg:svg', { viewBox: '0 0 40 12', 'aria-hidden': 'true' },
    h('svg:path', { d: way === 'out' ? 'M0 6h38M32 1l6 5-6 5' : 'M40 6H2M8 1L2 6l6 5' }));
}

function node(relation) {
  const { document: other } = relation;
  const name = other.title || other.number;
  const where = relation.statedIn?.articleLabel ? `（${relation.statedIn.articleLabel}）` : '';
  return h('a', { class: 'node' + (other.held ? '' : ' stub'), href: pageOf(other.permalink) }, name,
    h('span', { class: 'small soft' }, [other.title ? other.number : null, other.held ? null : '未收录正文'].filter(Boolean).join(' · '), where),
    relation.exception ? h('span', { class: 'small' }, relation.exception.text) : null);
}
