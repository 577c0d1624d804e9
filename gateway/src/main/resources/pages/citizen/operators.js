// Four dashboards for those who run the services, each from one or two calls, with the token that they bring.
import { bearer, query } from './api.js';
import { CHANNEL } from './care-words.js';
import { bars, figures, table } from './charts.js';
import { $, badge, empty, h, load, show } from './dom.js';
import { date, month, yuan } from './words.js';

const YUAN = 100;
const TEN_THOUSAND_YUAN = 1_000_000;
const PAGE = 100;
const MOST_PAGES = 5;

let caller;

const VIEWS = { queue: ['轮候', queue], budget: ['资金', budget], procurement: ['采购', procurement], prices: ['价格监测', prices] };

/** All pages of a list, up to a bound that the board says. */
async function all(path, values = {}, pages = MOST_PAGES) {
  let items = [];
  let cursor;
  for (let page = 0; page < pages; page++) {
    const answer = await caller.get(path + query({ ...values, limit: PAGE, cursor }));
    items = items.concat(answer.items);
    cursor = answer.nextCursor;
    if (!cursor) {
      return { items, whole: true };
    }
  }
  return { items, whole: false };
}

const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);

function grouped(items, key, value) {
  const groups = new Map();
  for (const item of items) {
    groups.set(key(item), (groups.get(key(item)) ?? 0) + value(item));
  }
  return groups;
}

/** 481712000 yuan: 48,171.2 万元. */
const large = (fen) => fen < TEN_THOUSAND_YUAN * 10 ? yuan(fen)
  : (fen / TEN_THOUSAND_YUAN).toLocaleString('zh-CN', { maximumFractionDigits: 1 }) + ' 万元';

const partial = (list, name) => list.whole ? null : h('p', { class: 'note warn' }, `${name}较多，只统计了前 ${list.items.length} 条。`);

async function queue() {
  const { items, asOf } = await caller.get('/api/eldercare/v1/reports/waiting-list');
  if (!items.length) {
    return empty('这段时间没有数据');
  }
  const months = [...new Set(items.map((item) => item.month))].sort();
  const latest = items.filter((item) => item.month === months.at(-1));
  const offers = sum(items, (item) => item.offers);
  const missed = sum(items, (item) => item.deadlinesMissed);
  const homes = grouped(latest, (item) => item.homeName, (item) => item.waiting);
  const longest = [...homes].sort((one, other) => other[1] - one[1]).slice(0, 12);
  return [figures([['正在排队', `${sum(latest, (item) => item.waiting)} 人`], ['近一年入住', `${sum(items, (item) => item.admitted)} 人`],
    ['发出床位通知', `${offers} 次`], ['超过期限', `${missed} 次`, missed ? 'bad-text' : '']]),
  bars('每月进出', months.map(month), [['新进入', 'entered'], ['入住', 'admitted'], ['其他离开', 'otherEnds']].map(([label, field]) =>
    ({ label, data: months.map((one) => sum(items.filter((item) => item.month === one), (item) => item[field])) }))),
  bars('各机构排队人数', longest.map(([name]) => name), [{ label: '排队', data: longest.map(([, count]) => count) }], { unit: ' 人', horizontal: true }),
  h('section', { class: 'card' }, h('h2', {}, '各通道'), table(['通道', '正在排队', '近一年入住', '未接受', '逾期未办'], Object.entries(CHANNEL).map(([code, name]) => {
    const own = items.filter((item) => item.channel === code);
    return [name, String(sum(latest.filter((item) => item.channel === code), (item) => item.waiting)), ...['admitted', 'refused', 'lapsed'].map((field) =>
      String(sum(own, (item) => item[field])))];
  })), h('p', { class: 'small soft' }, `截至 ${date(asOf)}`))];
}

async function budget() {
  const [accounts, schemes, checks] = await Promise.all([all('/api/subsidy/v1/ledger/accounts'), all('/api/subsidy/v1/schemes'),
    caller.get('/api/subsidy/v1/ledger/checks?limit=2')]);
  // of two the older one has ended: one at a time is added up
  const checked = checks.items.find((one) => one.result);
  const { items } = accounts;
  const titles = new Map(schemes.items.map((scheme) => [scheme.id, scheme.title]));
  const of = (kind, some = items) => sum(some.filter((item) => item.kind === kind), (item) => item.balanceFen);
  const kinds = [['可用', 'available'], ['已承诺', 'committed'], ['在途', 'in-transit'], ['已发放', 'paid']];
  const rows = [...new Set(items.map((item) => `${item.schemeId}|${item.year}`))].sort().map((key) => {
    const [scheme, year] = key.split('|');
    return { name: `${titles.get(scheme) ?? scheme} ${year}`, own: items.filter((item) => item.schemeId === scheme && String(item.year) === year) };
  });
  return [partial(accounts, '账户'), figures([...kinds.map(([name, kind]) => [name, large(of(kind))]), ['待收回', large(of('receivable')), of('receivable') ? 'bad-text' : '']]),
    checked ? h('p', { class: 'note ' + (checked.result.consistent ? 'good' : 'bad') }, `台账复核（${date(checked.endedAt)}，共 ${checked.result.entries} 笔分录）：`
      + (checked.result.consistent ? '逐笔重新加总，借贷平衡。' : '有不一致，请立即核查。')) : h('p', { class: 'note' }, '台账复核：每天夜间逐笔重新加总，还没有结果。'),
    rows.length ? bars('各方案各年度资金（万元）', rows.map((row) => row.name), kinds.slice(1).map(([label, kind]) => ({ label, data: rows.map(({ own }) =>
      Math.round(of(kind, own) / TEN_THOUSAND_YUAN * 100) / 100) })), { unit: ' 万元', stacked: true, horizontal: true }) : empty('还没有资金账户'),
    h('section', { class: 'card' }, h('h2', {}, '各方案各年度'), table(['方案', ...kinds.map(([name]) => name)], rows.map(({ name, own }) =>
      [name, ...kinds.map(([, kind]) => yuan(of(kind, own)))])))];
}

async function procurement() {
  const [volumes, settlements] = await Promise.all([all('/api/pharmacy/v1/agreed-volumes', {}, 1), all('/api/pharmacy/v1/settlements', { state: 'due' })]);
  const overdue = settlements.items.filter((item) => item.overdue);
  const behind = volumes.items.filter((item) => item.behind);
  const soon = grouped(settlements.items, (item) => item.dueOn.slice(0, 7), (item) => item.payableFen);
  const months = [...soon.keys()].sort();
  return [partial(volumes, '约定量'), partial(settlements, '结算单'), figures([['待付款', large(sum(settlements.items, (item) => item.payableFen))],
    ['逾期未付', `${overdue.length} 笔`, overdue.length ? 'bad-text' : ''], ['约定量落后', `${behind.length} 项`, behind.length ? 'bad-text' : ''],
    ['约定量', `${volumes.items.length} 项`]]),
  months.length ? bars('待付款到期月份', months.map(month), [{ label: '应付', data: months.map((one) => Math.round(soon.get(one) / YUAN)) }], { unit: ' 元' }) : empty('没有待付款的结算单'),
  overdue.length ? h('section', { class: 'card' }, h('h2', {}, '逾期未付'), table(['采购方', '供货方', '应付', '到期', '逾期'], overdue.slice(0, 20).map((item) =>
    [item.chainName, item.supplierName, yuan(item.payableFen), date(item.dueOn), `${item.overdueDays} 天`]))) : null,
  behind.length ? h('section', { class: 'card' }, h('h2', {}, '约定采购量落后'), table(['采购方', '药品', '已完成', '按时间应完成', '约定'], behind.slice(0, 20).map((item) =>
    [item.chainName, item.genericName, `${item.acceptedPacks} 盒`, `${item.expectedPacks} 盒`, `${item.agreedPacks} 盒`]))) : null];
}

const LEVEL = { red: ['红', 'bad'], yellow: ['黄', 'warn'] };
const REASON = { procured: '高于中选价', median: '高于全市中位价', history: '高于自己以前' };

async function prices() {
  const [flags, cases] = await Promise.all([all('/api/pharmacy/v1/price-flags'), all('/api/pharmacy/v1/price-cases')]);
  const red = flags.items.filter((item) => item.level === 'red');
  const open = cases.items.filter((item) => item.state !== 'closed');
  const drugs = [...grouped(flags.items, (item) => item.genericName, () => 1)].sort((one, other) => other[1] - one[1]).slice(0, 12);
  return [partial(flags, '价格提示'), partial(cases, '复核'), figures([['红色提示', `${red.length} 条`, red.length ? 'bad-text' : ''], ['黄色提示', `${flags.items.length - red.length} 条`],
    ['复核中', `${open.length} 件`], ['已办结', `${cases.items.length - open.length} 件`]]),
  drugs.length ? bars('提示最多的药品', drugs.map(([name]) => name), [{ label: '提示', data: drugs.map(([, count]) => count) }], { unit: ' 条', horizontal: true }) : empty('没有价格提示'),
  h('section', { class: 'card' }, h('h2', {}, '高出最多的'), h('p', { class: 'small soft' }, '红色提示复核，不是结论。'),
    table(['级别', '药店', '药品', '零售价', '中选价', '高出', '原因'], flags.items.slice(0, 20).map((item) => [badge(...LEVEL[item.level]), item.pharmacyName, item.genericName,
      yuan(item.retailPriceFen), yuan(item.procuredPriceFen), `${(item.aboveBp / 100).toFixed(1)}%`, [item.reasons].flat().map((reason) => REASON[reason] ?? reason).join('、')])))];
}

function open(name) {
  for (const button of $('views').children) {
    button.setAttribute('aria-pressed', String(button.dataset.view === name));
  }
  load($('board'), VIEWS[name][1], (content) => content);
}

show($('views'), Object.entries(VIEWS).map(([name, [title]]) => h('button', { type: 'button', 'data-view': name, 'aria-pressed': 'false', onclick: () => open(name) }, title)));
$('sign').addEventListener('submit', (event) => {
  event.preventDefault();
  const token = $('token').value.trim();
  $('token').setAttribute('aria-invalid', String(!token));
  if (token) {
    caller = bearer(token);
    $('boards').hidden = false;
    open('queue');
  }
});
