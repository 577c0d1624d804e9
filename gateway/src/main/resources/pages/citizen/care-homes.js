// Care homes: where there are free beds, one home with its public notice, and the way to an application.
import { demoCitizen, query, settings, visitor } from './api.js';
import { API, BED, CHANNEL, LEVEL, STATE } from './care-words.js';
import { areas } from './city.js';
import { $, announce, badge, empty, h, load, show } from './dom.js';
import { pageOf } from './links.js';
import { date, month, shortDate, yuan } from './words.js';

let view;
let shown = [];

const cheapest = (home) => Math.min(...home.bedTypes.map((type) => type.monthlyFeeFen));

function list() {
  return load($('homes'), () => visitor.get(`${API}/homes${query({ district: $('district').value, bedKind: $('bed').value,
    onlyFree: $('free').checked, limit: 50 })}`), ({ items }) => {
    shown = items;
    pins();
    announce(`${items.length} 家`);
    if (!items.length) {
      return empty('没有符合的养老院', '可以换一个区市，或不限床位。');
    }
    return [basis(items[0].ruleBook), h('ul', { class: 'plain' }, items.map(card))];
  });
}

function card(home) {
  return h('li', { class: 'card', id: `home-${home.id}` }, h('div', { class: 'row' },
    h('div', { class: 'grow' }, h('h3', {}, h('a', { href: `?home=${home.id}` }, home.name)),
      h('p', { class: 'small soft' }, home.address)),
    h('div', { class: 'free' + (home.freeBeds ? '' : ' none') }, h('b', {}, home.freeBeds), h('span', { class: 'small' }, '张空床'))),
  h('p', { class: 'small' }, `${home.queueTotal} 人排队 · 床位费每月 ${yuan(cheapest(home))} 起`,
    home.closedAt ? badge('已停办', 'bad') : null));
}

/** In force, extended, or lapsed: every answer rests on it and says so. */
export function basis(book) {
  if (!book) {
    return null;
  }
  const extended = book.extendedBy;
  return h('p', { class: 'small note' + (book.status === 'EXPIRED' ? ' warn' : '') }, '依据 ', h('a', { href: pageOf(book.link) }, book.number),
    extended ? `：原定到 ${date(book.inForceTo)}，已延续到 ${date(extended.extendedTo)}${extended.demo ? '（演示，并非真实决定）' : ''}`
      : `：有效期到 ${date(book.inForceTo)}`);
}

function pins() {
  view?.pins(shown.map((home) => ({ lat: home.lat, lon: home.lon, text: String(home.freeBeds), kind: home.freeBeds ? 'good' : 'grey',
    title: `${home.name}，${home.freeBeds} 张空床` })), (index) => {
    view.choose(index);
    document.querySelectorAll('#homes .card').forEach((one, i) => one.classList.toggle('chosen', i === index));
    $(`home-${shown[index].id}`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  });
}

/** The latest in one line, so that nothing jumps when it comes; the others on demand. */
function mine() {
  return load($('mine'), async () => (await settings()).demoCitizen ? (await demoCitizen.get(`${API}/applications?limit=3`)).items : null, (items) => {
    if (!items) {
      return h('p', {}, '请在本市的小程序里申请和查看进度。');
    }
    const [latest, ...others] = items.map((one) => h('div', { class: 'row tight' }, h('a', { class: 'grow', href: `?application=${one.id}` },
      `${one.name || '未填姓名'}，${shortDate(one.createdAt)}申请`), badge(STATE[one.state], one.state === 'INCOMPLETE' || one.state === 'OFFERED' ? 'warn' : '')));
    return [latest ?? h('p', {}, '演示市民还没有申请。'), others.length ? h('details', {}, h('summary', {}, '更早的'), others) : null];
  });
}

// ---- one home

function one(id) {
  load($('one'), () => visitor.get(`${API}/homes/${encodeURIComponent(id)}`), (home) => {
    document.title = `${home.name} · 公办养老院`;
    const notice = h('div');
    load(notice, () => visitor.get(`${API}/homes/${home.id}/notices?limit=12`), (answer) => notices(home, answer.items));
    return [h('p', {}, h('a', { href: '/care-homes' }, '‹ 全部养老院')), h('h1', {}, home.name),
      h('p', { class: 'soft' }, home.address, '　', h('a', { href: 'tel:' + home.phone }, home.phone), `　${home.openingHours}`),
      basis(home.ruleBook),
      h('p', {}, h('a', { class: 'button primary', href: `?apply=${home.id}` }, '申请入住这家')),
      h('div', { class: 'split' }, beds(home), queue(home)), h('section', { class: 'card' }, h('h2', {}, '每月轮候公示'), notice)];
  });
}

function beds(home) {
  return h('section', { class: 'card' }, h('h2', {}, `现在有 ${home.freeBeds} 张空床`), h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': '床位' }, h('table', {},
    h('thead', {}, h('tr', {}, ['床位', '适合', '空床', '每月'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, home.bedTypes.map((type) => h('tr', {}, h('th', { scope: 'row' }, BED[type.kind]),
      h('td', { class: 'small' }, type.levels.map((level) => LEVEL[level]).join('、')),
      h('td', { class: 'whole' }, h('b', { class: type.free ? 'good-text' : '' }, type.free), ` / ${type.total}`), h('td', { class: 'money' }, yuan(type.monthlyFeeFen))))))),
  h('p', { class: 'small soft' }, '另收：', home.feeItems.map((item) => `${item.name} ${yuan(item.monthlyFen)}/月`).join('、')),
  home.emergencyBeds ? h('p', { class: 'small soft' }, `另有应急床位 ${home.emergencyBeds} 张，只用于周转、应急和特殊保障。`) : null);
}

function queue(home) {
  const most = Math.max(1, ...Object.values(home.queue));
  return h('section', { class: 'card' }, h('h2', {}, `${home.queueTotal} 人在排队`), h('dl', { class: 'bars' },
    Object.entries(CHANNEL).map(([code, name]) => [h('dt', {}, name), h('dd', {}, h('span', { class: 'bar', style: `width:${(home.queue[code] ?? 0) / most * 70}%` }),
      ` ${home.queue[code] ?? 0} 人`)])),
  h('p', { class: 'small soft' }, '先看通道：特殊保障、优先保障、普通；同一通道按申请时间。'));
}

function notices(home, items) {
  if (!items.length) {
    return h('p', { class: 'soft' }, '还没有公示。');
  }
  const table = h('div');
  const choose = h('select', { id: 'notice-month', onchange: () => lines(choose.value) }, items.map((item) =>
    h('option', { value: item.month }, `${month(item.month)}（${item.lineCount} 人）`)));
  const lines = (chosen) => load(table, () => visitor.get(`${API}/homes/${home.id}/notices/${chosen}?limit=100`), (answer) =>
    h('div', { class: 'scroll tall', tabindex: 0, role: 'group', 'aria-label': '公示名单' }, h('table', {},
      h('thead', {}, h('tr', {}, ['次序', '排队号', '通道', '申请月份', '姓名'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, answer.items.map((line) => h('tr', {}, h('td', {}, line.place), h('td', {}, line.queueNumber), h('td', {}, CHANNEL[line.channel]),
        h('td', {}, month(line.appliedMonth)), h('td', {}, line.name)))))));
  lines(items[0].month);
  return [h('div', { class: 'field' }, h('label', { for: 'notice-month' }, '月份'), choose), table];
}

const address = new URLSearchParams(location.search);
if (['home', 'apply', 'application'].some((name) => address.has(name))) {
  $('all').hidden = true;
  $('one').hidden = false;
  if (address.has('home')) {
    one(address.get('home'));
  } else if (address.has('apply')) {
    import('./apply.js').then(({ apply }) => apply($('one'), { home: address.get('apply') }));
  } else {
    import('./progress.js').then(({ progress }) => progress($('one'), address.get('application')));
  }
} else {
  $('district').append(...areas.map((area) => h('option', { value: area.code }, area.name)));
  $('bed').append(...Object.entries(BED).map(([code, name]) => h('option', { value: code }, name)));
  ['district', 'bed', 'free'].forEach((id) => $(id).addEventListener('change', list));
  // the list first: on a slow phone the map library takes as long as all the rest
  list().then(() => import('./map.js')).then(({ map }) => map($('map'))).then((ready) => {
    view = ready;
    pins();
  }).catch(() => show($('map'), h('p', { class: 'state' }, '地图没有加载出来，列表仍可使用。')));
  mine();
}
