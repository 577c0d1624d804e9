// Medicine near me: one medicine by distance, several by which pharmacy has most of them.
import { query, visitor } from './api.js';
import { city, places } from './city.js';
import { $, announce, badge, combobox, empty, h, load, show } from './dom.js';
import { distance, yuan } from './words.js';

const API = '/api/pharmacy/v1';
const MOST_DRUGS = 20;
const NEARBY_M = 20_000;

let wanted = [];
let from = { lat: city.centre[0], lon: city.centre[1] };
let shown = [];
let view;

const drugName = (drug) => `${drug.genericName} ${drug.strength}`;

function choosePlaces() {
  const groups = Map.groupBy
    ? [...Map.groupBy(places, (place) => place[2])]
    : [...new Set(places.map((place) => place[2]))].map((name) => [name, places.filter((place) => place[2] === name)]);
  show($('place'), h('option', { value: 'centre' }, `${city.name}市区`), groups.map(([name, list]) =>
    h('optgroup', { label: name }, list.map((place) => h('option', { value: place[0] }, place[1])))),
  h('option', { value: 'own', hidden: true }, '我选的位置'));
}

function showWanted() {
  show($('wanted'), wanted.map((drug) => h('li', {}, h('button', { type: 'button', 'aria-label': `不找 ${drugName(drug)} 了`,
    onclick: () => want(wanted.filter((one) => one !== drug)) }, drugName(drug), h('span', { 'aria-hidden': 'true' }, '✕')))));
  $('procured-only').hidden = wanted.length > 1;
}

function want(list) {
  wanted = list;
  history.replaceState(null, '', location.pathname + query({ drugs: wanted.map((one) => one.drugId).join(',') }));
  showWanted();
  search();
}

async function find(text) {
  return (await visitor.get(`${API}/drugs${query({ q: text, limit: 8 })}`)).items;
}

function suggestion(drug) {
  return [h('div', {}, h('b', {}, drug.genericName), ` ${drug.form} ${drug.strength}`),
    h('div', { class: 'small soft' }, `${drug.maker} · ${drug.packName}`,
      drug.procuredPriceFen ? ` · 中选价 ${yuan(drug.procuredPriceFen)}` : '')];
}

function search() {
  if (!wanted.length) {
    shown = [];
    view?.pins([], choose);
    $('results-title').textContent = '最近的药店';
    show($('results'), empty('先选一种药', '输入药名、拼音或拼音首字母，再从提示中选。可以一次选几种。'));
    return;
  }
  const near = { lat: from.lat, lon: from.lon, coordType: 'wgs84', openNow: $('open-now').checked, limit: 20 };
  const several = wanted.length > 1;
  $('results-title').textContent = several ? '能配齐最多的药店' : '最近的药店';
  load($('results'), () => visitor.get(several
    ? `${API}/pharmacies/for-list${query({ ...near, drugIds: wanted.map((one) => one.drugId).join(','), withinM: NEARBY_M })}`
    : `${API}/pharmacies/nearby${query({ ...near, drugId: wanted[0].drugId, atProcuredPrice: $('procured').checked })}`),
  (answer) => results(answer, several), '正在查附近的药店……');
}

function results(answer, several) {
  shown = answer.items.filter((item) => several || item.offer);
  view?.pins(shown.map(onMap), choose);
  announce(`找到 ${shown.length} 家`);
  const about = several ? null : drugCard(answer.drugs[0]);
  if (!shown.length) {
    return [about, empty('附近没有查到', '可以去掉“正在营业”“不高于中选价”的限制，或换一个出发位置。')];
  }
  return [about, h('ol', { class: 'plain' }, shown.map((item, index) => card(item, index, answer.drugs)))];
}

function drugCard(drug) {
  if (!drug) {
    return null;
  }
  const saved = drug.beforePriceFen && drug.procuredPriceFen ? drug.beforePriceFen - drug.procuredPriceFen : 0;
  return h('div', { class: 'note' }, h('b', {}, `${drugName(drug)} `), `${drug.form}，${drug.packName}，${drug.maker}`,
    drug.procuredPriceFen ? h('div', {}, '集采中选价 ', h('b', { class: 'money' }, yuan(drug.procuredPriceFen)),
      saved > 0 ? `，集采前 ${yuan(drug.beforePriceFen)}` : '', drug.demo ? '（演示数据）' : '') : null);
}

function card(item, index, drugs) {
  const { pharmacy } = item;
  const tel = pharmacy.phone ? h('a', { href: 'tel:' + pharmacy.phone.replace(/[^\d+]/g, '') }, `电话 ${pharmacy.phone}`) : null;
  return h('li', { class: 'card', id: `result-${index}` },
    h('div', { class: 'row' },
      h('h3', { class: 'grow' }, h('button', { class: 'link', type: 'button', 'aria-label': `在地图上看 ${pharmacy.name}`,
        onclick: () => choose(index, true) }, `${index + 1}. ${pharmacy.name}`)),
      h('span', { class: 'money' }, distance(item.distanceM))),
    item.offer ? offer(item.offer) : basket(item, drugs),
    h('div', { class: 'row small' }, badge(item.openNow ? '正在营业' : '已打烊', item.openNow ? 'good' : ''),
      pharmacy.insuranceAccepted ? badge('可用医保') : null, pharmacy.address, tel));
}

function offer(one) {
  return h('div', {}, h('div', { class: 'row' },
    h('span', { class: 'money big' }, yuan(one.retailPriceFen)),
    one.atProcuredPrice ? badge('不高于中选价', 'good') : badge(`高于中选价 ${yuan(one.retailPriceFen - one.procuredPriceFen)}`, 'warn'),
    one.savedFen > 0 ? h('span', { class: 'good-text' }, `比集采前省 ${yuan(one.savedFen)}`) : null),
  h('p', { class: 'small soft' }, one.stockText));
}

function basket(item, drugs) {
  const name = (id) => drugName(drugs.find((drug) => drug.drugId === id) ?? { genericName: '', strength: '' });
  return h('div', {}, h('div', { class: 'row' }, badge(`有 ${item.have} 种，共 ${drugs.length} 种`, item.have === drugs.length ? 'good' : 'warn'),
    item.totalFen ? h('span', { class: 'money big' }, `合计 ${yuan(item.totalFen)}`) : null),
  h('ul', { class: 'plain small' }, item.offers.map((one) => h('li', {}, `${name(one.drugId)}　${yuan(one.retailPriceFen)}　`,
    h('span', { class: 'soft' }, one.stockText)))),
  item.missingDrugIds.length ? h('p', { class: 'small bad-text' }, '没有：' + item.missingDrugIds.map(name).join('、')) : null);
}

function onMap(item, index) {
  const { lat, lon } = item.pharmacy.position;
  const good = item.offer ? item.offer.atProcuredPrice : item.missingDrugIds.length === 0;
  return { lat, lon, text: String(index + 1), title: `${index + 1}. ${item.pharmacy.name}，${distance(item.distanceM)}`,
    kind: item.openNow ? (good ? 'good' : '') : 'grey' };
}

function choose(index, fromList) {
  document.querySelectorAll('#results .card').forEach((one, i) => one.classList.toggle('chosen', i === index));
  view?.choose(index);
  (fromList ? $('map') : $(`result-${index}`))?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

function go(lat, lon, text) {
  from = { lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) };
  view?.here(lat, lon);
  if (text) {
    $('place').value = 'own';
    $('locate-note').textContent = text;
  }
  search();
}

function locate() {
  $('locate-note').textContent = '正在取得位置……';
  navigator.geolocation?.getCurrentPosition((found) => go(found.coords.latitude, found.coords.longitude,
    '已用您现在的位置；只用于这一次查询，不保存。'), () => {
    $('locate-note').textContent = '没有取得位置：请允许浏览器使用位置，或从上面选一个地方。';
  }, { timeout: 10_000, maximumAge: 60_000 });
}

async function fromAddress() {
  const ids = (new URLSearchParams(location.search).get('drugs') ?? '').split(',').filter(Boolean).slice(0, MOST_DRUGS);
  if (!ids.length) {
    return search();
  }
  // a row for each, so that nothing jumps when their names come
  show($('wanted'), ids.map(() => h('li', { class: 'to-come' }, '……')));
  return load($('results'), () => Promise.all(ids.map((id) => visitor.get(`${API}/drugs/${encodeURIComponent(id)}`))),
    (drugs) => {
      setTimeout(() => want(drugs));
      return [];
    });
}

choosePlaces();
combobox($('drug'), { find, label: suggestion, name: '药品', take: (drug) => {
  $('drug').value = '';
  if (wanted.length < MOST_DRUGS && !wanted.some((one) => one.drugId === drug.drugId)) {
    want([...wanted, drug]);
  }
} });
$('place').addEventListener('change', () => {
  const place = places.find((one) => one[0] === $('place').value);
  go(place ? place[3] : city.centre[0], place ? place[4] : city.centre[1]);
});
$('locate').addEventListener('click', locate);
$('open-now').addEventListener('change', search);
$('procured').addEventListener('change', search);
fromAddress();
import('./map.js').then(({ map }) => map($('map'))).then((ready) => {
  view = ready;
  view.here(from.lat, from.lon);
  view.clicked((lat, lon) => go(lat, lon, '已用地图上选的位置；只用于这一次查询，不保存。'));
  view.pins(shown.map(onMap), choose);
}).catch(() => {
  show($('map'), h('p', { class: 'state' }, '地图没有加载出来，列表仍可使用。'));
});
