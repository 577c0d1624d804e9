// Policy: search while typing, then reading with validity, structure, relations, amounts and deadlines.
import { Problem, query, visitor } from './api.js';
import { $, announce, badge, debounced, empty, h, load, show } from './dom.js';
import { graph } from './relations.js';
import { pageOf } from './links.js';
import { date, yuan } from './words.js';

const API = '/api/policy/v1';
const EXAMPLES = ['老年人能力评估费用谁出', '公办养老院怎么排队', '人才贷款 利息', '高新技术企业 奖励'];
const STATUS = { 'in-force': ['现在有效', 'good'], 'not-yet-in-force': ['尚未生效', 'warn'], expired: ['已失效', 'bad'],
  repealed: ['已废止', 'bad'], unknown: ['效力不明', 'warn'] };
const KIND = { title: '文件', number: '文号', topic: '栏目', organ: '机关' };

const status = (one) => badge(...(STATUS[one.status] ?? STATUS.unknown));

/** A snippet as the service writes it: <em> marks, everything else is escaped text. Nothing of it is run as markup. */
function snippet(text) {
  const plain = (part) => new DOMParser().parseFromString(part, 'text/html').documentElement.textContent;
  return h('p', { class: 'snippet' }, text.split(/(<em>.*?<\/em>)/s).map((part) => part.startsWith('<em>')
    ? h('em', {}, plain(part.slice(4, -5))) : document.createTextNode(plain(part))));
}

function hit(one) {
  return h('li', { class: 'card' },
    h('h2', { class: 'hit' }, h('a', { href: pageOf(one.permalink) }, one.title)),
    h('p', { class: 'row small' }, status(one), one.number ? h('span', {}, one.number) : null,
      h('span', { class: 'soft' }, `${one.organs.join('、')}${one.issued ? ' · ' + date(one.issued) : ''}`),
      one.sourceKind === 'digest' ? badge('摘要') : badge('官方文本')),
    one.status === 'in-force' ? null : h('p', { class: 'small bad-text' }, one.statusText),
    h('ul', { class: 'plain' }, one.articles.map((article) => h('li', { class: 'found' },
      h('a', { href: pageOf(article.permalink) }, article.label, article.heading ? h('span', { class: 'soft small' }, `　${article.heading}`) : ''),
      snippet(article.snippet)))));
}

function hits(answer) {
  announce(`找到 ${answer.items.length} 份文件`);
  if (!answer.items.length) {
    return empty('没有查到', '换个说法，或少写几个字再试。');
  }
  return [answer.relaxed ? h('p', { class: 'note warn' }, answer.relaxed.text) : null,
    answer.didYouMean ? h('p', { class: 'note' }, '您要找的是不是：', h('button', { class: 'link', type: 'button',
      onclick: () => ask(answer.didYouMean) }, answer.didYouMean)) : null,
    h('ol', { class: 'plain' }, answer.items.map(hit))];
}

function ask(text) {
  $('question').value = text;
  search();
  hint();
}

function search() {
  const text = $('question').value.trim();
  history.replaceState(null, '', location.pathname + query({ q: text, valid: $('in-force').checked ? 1 : '' }));
  if (!text) {
    show($('hits'), empty('想到什么问什么', '写几个字就查；不知道怎么问，点上面的例子。'));
    return;
  }
  load($('hits'), () => visitor.get(`${API}/documents${query({ q: text, status: $('in-force').checked ? 'in-force' : '', limit: 10 })}`), hits);
}

const examples = () => EXAMPLES.map((one) => h('li', {}, h('button', { type: 'button', class: 'hint', onclick: () => ask(one) },
  h('span', { class: 'soft small' }, '例如'), one)));

let hinted = 0;
async function hint() {
  const text = $('question').value.trim();
  const mine = ++hinted;
  let items = [];
  try {
    items = text ? (await visitor.get(`${API}/suggestions${query({ q: text, limit: 5 })}`)).items : [];
  } catch {
    items = []; // a help only; the search says what is wrong
  }
  if (mine === hinted) {
    show($('hints'), !text ? examples() : items.map((one) => h('li', {}, one.permalink
      ? h('a', { class: 'button hint', href: pageOf(one.permalink) }, h('span', { class: 'soft small' }, KIND[one.kind]), one.text)
      : h('button', { type: 'button', class: 'hint', onclick: () => ask(one.text) }, h('span', { class: 'soft small' }, KIND[one.kind]), one.text))));
  }
}

// ---- reading

function reading(which, article) {
  $('searching').hidden = true;
  $('reading').hidden = false;
  const path = which.number ? `${API}/documents/by-number/${encodeURIComponent(which.number)}` : `${API}/documents/${encodeURIComponent(which.id)}`;
  load($('reading'), () => visitor.get(path), (document_) => {
    if (!document_.held) {
      return notHeld(document_);
    }
    const text = h('div', { id: 'text' });
    const relations = h('div', { id: 'relations' });
    load(text, () => wholeText(document_), (parts) => whole(document_, parts, article), '正在取全文……').then(() => jump(article));
    load(relations, () => visitor.get(`${API}/documents/${document_.id}/relations?limit=40`), (answer) => graph(document_, answer.items));
    return [head(document_), h('div', { class: 'split wide-left' }, h('div', {}, text),
      h('section', { class: 'card', 'aria-labelledby': 'relations-title' }, h('h2', { id: 'relations-title' }, '与其他文件的关系'), relations))];
  }, '正在取文件……');
}

function notHeld(one) {
  document.title = `${one.title ?? one.number} · 查政策`;
  return [h('h1', {}, one.title || one.number), h('p', { class: 'note warn' }, '只在其他文件中被提到，正文没有收录。'),
    one.statusText ? h('p', {}, one.statusText) : null, back()];
}

const back = () => h('p', {}, h('a', { href: '/policy' }, '‹ 回到查询'));

function head(one) {
  document.title = `${one.title} · 查政策`;
  const kind = STATUS[one.status]?.[1] ?? 'warn';
  return h('header', {}, back(), h('h1', {}, one.title),
    h('p', { class: 'row small soft' }, [one.number, one.organs.join('、'), one.issued ? `${date(one.issued)}成文` : ''].filter(Boolean).join(' · ')),
    h('div', { class: `note ${kind}` }, h('b', {}, STATUS[one.status]?.[0] ?? '效力不明'), h('div', {}, one.statusText),
      one.repealedBy.map((other) => h('div', {}, '废止它的：', h('a', { href: pageOf(other.permalink) }, other.title || other.number)))),
    h('div', { class: 'row' }, badge(one.sourceKind === 'digest' ? '摘要，以官方文本为准' : '官方文本'),
      h('button', { type: 'button', onclick: share }, '分享这个页面')));
}

async function share() {
  const data = { title: document.title, url: location.href };
  try {
    if (navigator.share) {
      await navigator.share(data);
      return;
    }
    await navigator.clipboard.writeText(data.url);
    said('链接已复制，可以粘贴给别人');
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      said('没有复制成功，请从地址栏复制');
    }
  }
}

function said(text) {
  document.querySelector('.said')?.remove();
  document.querySelector('#reading header').append(h('p', { class: 'said note good', role: 'status' }, text));
}

async function wholeText(one) {
  const [tree, facts] = await Promise.all([visitor.get(`${API}/documents/${one.id}/tree`),
    visitor.get(`${API}/documents/${one.id}/facts`).catch((failure) => {
      if (failure instanceof Problem) {
        return { items: [] }; // the text is worth more than its marks
      }
      throw failure;
    })]);
  return { tree, facts };
}

const HEADINGS = new Set(['chapter', 'section']);
const OWN_ENTRY = new Set(['article', 'item', 'subitem', 'point', 'subpoint']);

/** The text in its order, each article at an address of its own, amounts and deadlines marked. */
function whole(one, { tree, facts }, chosen) {
  const keys = new Map(facts.items.map((item) => [item.articleKey, item]));
  const labels = new Map();
  for (const article of one.articles) {
    labels.set(article.label, [...(labels.get(article.label) ?? []), article.key]);
  }
  const titles = new Map(one.articles.map((article) => [article.key,
    article.heading.includes(' › ') ? article.heading.split(' › ').at(-1) : article.label]));
  const list = h('ul', { class: 'plain contents' });
  const body = h('div', { class: 'text' }, part(tree, { keys, labels, titles, list, entry: '0', chosen }));
  const marked = body.querySelectorAll('mark').length;
  return [h('details', { class: 'card' }, h('summary', {}, `目录（${one.articles.length} 条）`), list),
    marked ? h('p', { class: 'small soft' }, h('mark', {}, '底色'), ` 标出金额和期限，共 ${marked} 处。`) : null, body];
}

function part(node, context) {
  const own = OWN_ENTRY.has(node.kind) && context.labels.has(node.label);
  const entry = own ? context.labels.get(node.label).shift() ?? context.entry : context.entry;
  const inside = { ...context, entry };
  const children = () => (node.children ?? []).map((child) => part(child, inside));
  if (node.rows?.length) {
    return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': '表格' }, h('table', {}, node.rows.map((row) => h('tr', {}, row.map((cell) => h('td', {}, cell))))));
  }
  if (node.kind === 'title' && !node.label) {
    return h('p', { class: 'doc-title' }, node.text);
  }
  if (HEADINGS.has(node.kind)) {
    return h('section', {}, h('h2', {}, `${node.label ?? ''}　${node.text}`), children());
  }
  if (!own && (node.kind === 'item' || node.kind === 'subitem') && node.children?.length && node.text.length < 40) {
    return h('section', {}, h(node.kind === 'item' ? 'h2' : 'h3', {}, `${node.label ?? ''}${node.text}`), children());
  }
  const text = h('p', {}, node.label ? h('b', {}, `${node.label}　`) : null, marked(node.text, context.keys.get(entry)));
  if (!own) {
    return node.text || node.label ? [text, children()] : children();
  }
  const id = `a${entry}`;
  context.list.append(h('li', {}, h('a', { href: `#${id}`, onclick: () => openAt(entry) }, context.titles.get(entry))));
  return h('div', { class: 'entry' + (entry === context.chosen ? ' chosen' : ''), id, tabindex: -1 }, text, children());
}

function marked(text, facts) {
  const words = facts ? [...facts.amounts.map((one) => [one.text, amount(one)]), ...facts.deadlines.map((one) => [one.text, '期限'])]
    .filter(([word]) => word && text.includes(word)) : [];
  if (!words.length) {
    return text;
  }
  const titles = new Map(words);
  const pattern = new RegExp(`(${[...titles.keys()].sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`);
  return text.split(pattern).map((piece) => titles.has(piece) ? h('mark', { title: titles.get(piece) }, piece) : piece);
}

function amount(one) {
  const bound = { cap: '最高', floor: '不低于', range: '', exact: '' }[one.bound] ?? '';
  return one.amountFen ? `金额：${bound}${yuan(one.amountFen)}` : '金额或比例';
}

function openAt(key) {
  const address = new URLSearchParams(location.search);
  address.set('a', key);
  history.replaceState(null, '', `${location.pathname}?${address}`);
  document.querySelectorAll('.entry.chosen').forEach((one) => one.classList.remove('chosen'));
  $(`a${key}`)?.classList.add('chosen');
}

function jump(article) {
  const target = article ? $(`a${article}`) : null;
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}

const address = new URLSearchParams(location.search);
if (address.get('n') || address.get('id')) {
  reading({ number: address.get('n'), id: address.get('id') }, address.get('a'));
} else {
  $('question').value = address.get('q') ?? '';
  $('in-force').checked = address.get('valid') === '1';
  $('question').addEventListener('input', debounced(350, search));
  $('question').addEventListener('input', debounced(150, hint));
  $('in-force').addEventListener('change', search);
  search();
  hint();
}
