// Payments by month, a row a year, as a table that reads well aloud too.
import { h } from './dom.js';
import { yuan } from './words.js';

/** @param instalments [{ period: '2026-11' | '2026' | other, amountFen }], several may fall into one period */
export function timeline(instalments) {
  const years = new Map();
  for (const { period, amountFen } of instalments) {
    const [, year, month] = /^(\d{4})(?:-(\d{2}))?/.exec(period) ?? [];
    const key = year ?? period;
    const row = years.get(key) ?? { months: new Map(), total: 0 };
    row.total += amountFen;
    if (month) {
      row.months.set(Number(month), (row.months.get(Number(month)) ?? 0) + amountFen);
    }
    years.set(key, row);
  }
  const rows = [...years].sort(([one], [other]) => one.localeCompare(other));
  const monthly = rows.some(([, row]) => row.months.size);
  return h('section', { class: 'card' }, h('h2', {}, '什么时候发'), h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': '发放时间表' },
    h('table', { class: 'timeline' }, h('caption', { class: 'unseen' }, '各年各月发放金额'),
      monthly ? h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, '年'), months((month) => h('th', { scope: 'col' }, month)),
        h('th', { scope: 'col', class: 'number' }, '合计'))) : null,
      h('tbody', {}, rows.map(([year, row]) => h('tr', {}, h('th', { scope: 'row' }, year), monthly ? months((month) => cell(row.months.get(month), month)) : null,
        h('td', { class: 'number money' }, yuan(row.total))))))),
  h('p', { class: 'small soft' }, h('span', { class: 'paid', 'aria-hidden': 'true' }), ' 发放的月份'));
}

function months(make) {
  return Array.from({ length: 12 }, (_, i) => make(i + 1));
}

function cell(fen, month) {
  return fen ? h('td', { title: `${month}月 ${yuan(fen)}` }, h('span', { class: 'paid' }, h('span', { class: 'unseen' }, yuan(fen)))) : h('td');
}
