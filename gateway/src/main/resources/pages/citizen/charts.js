// Charts by Chart.js, loaded when the first one is drawn; each has its figures as a table for whoever cannot see it.
import { h } from './dom.js';

let library;

function chartjs() {
  library ??= new Promise((done, broken) => {
    const script = Object.assign(document.createElement('script'), { src: '/pages/chart/chart.umd.js' });
    script.addEventListener('load', () => done(globalThis.Chart));
    script.addEventListener('error', () => {
      library = undefined;
      broken(new Error('the chart library did not come'));
    });
    document.head.append(script);
  });
  return library;
}

const LINE = 10;
// seen on white and on black
const COLOURS = ['#3f86bd', '#2f9168', '#c98400', '#c8554c', '#7d8b98'];

/** A long name in two lines; the table below has all of it. */
function lines(name) {
  return name.length <= LINE ? name : [name.slice(0, LINE), name.length <= 2 * LINE ? name.slice(LINE) : name.slice(LINE, 2 * LINE - 1) + '…'];
}

/** @param series [{ label, data }], as long as labels; horizontal bars are for long names */
export function bars(title, labels, series, { unit = '', stacked = false, horizontal = false } = {}) {
  const canvas = h('canvas', { role: 'img', 'aria-label': `${title}，数字见下表` });
  const box = h('div', { class: 'chart', style: horizontal ? `height:${4 + labels.length * 2.4}rem` : null }, canvas);
  chartjs().then((Chart) => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    const style = getComputedStyle(document.documentElement);
    Chart.defaults.color = style.getPropertyValue('--soft');
    Chart.defaults.borderColor = style.getPropertyValue('--line');
    new Chart(canvas, { type: 'bar', data: { labels: horizontal ? labels.map(lines) : labels, datasets: series.map((one, i) => ({ ...one, backgroundColor: COLOURS[i % COLOURS.length] })) },
      options: { animation: false, maintainAspectRatio: false, indexAxis: horizontal ? 'y' : 'x',
        scales: { x: { stacked, beginAtZero: true }, y: { stacked, beginAtZero: true } },
        plugins: { legend: { display: series.length > 1, position: 'bottom' },
          tooltip: { callbacks: { label: (point) => `${point.dataset.label}：${point.formattedValue}${unit}` } } } } });
  }).catch(() => box.replaceChildren(h('p', { class: 'state' }, '图没有加载出来，数字见下表。')));
  return h('figure', { class: 'card figure' }, h('figcaption', {}, h('h2', {}, title)), box,
    h('details', {}, h('summary', {}, '看数字'), table([''].concat(series.map((one) => one.label)), labels.map((label, i) =>
      [label, ...series.map((one) => `${one.data[i].toLocaleString('zh-CN')}${unit}`)]))));
}

/** Rows of texts or elements; what begins with a figure stands to the right. */
export function table(heads, rows) {
  const side = (cell) => typeof cell === 'string' && /^[\d,.]+(?!年)\D*$/.test(cell) ? 'number' : null;
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': '数字表' }, h('table', { class: heads.length > 4 ? 'wide' : null },
    h('thead', {}, h('tr', {}, heads.map((head, i) => head ? h('th', { scope: 'col', class: side(rows[0]?.[i]) }, head) : h('td')))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell) => h('td', { class: side(cell) }, cell)))))));
}

export function figures(list) {
  return h('dl', { class: 'tiles' }, list.map(([name, value, kind]) => h('div', { class: 'card' }, h('dt', {}, name), h('dd', { class: `${kind ?? ''} money` }, value))));
}
