// What am I entitled to: the service says what to ask next and what follows; this page only shows it.
import { visitor } from './api.js';
import { $, announce, badge, h, load, show } from './dom.js';
import { citation } from './links.js';
import { timeline } from './timeline.js';
import { date, yuan } from './words.js';

const PERIOD = { month: '每月', year: '每年', once: '一次性' };
const COUNT = { month: '个月', year: '年', once: '次' };

let facts = {};
let asked = {};
let skipped = new Set();

function evaluate(focus) {
  showAnswered();
  load($('question'), () => visitor.ask('/api/subsidy/v1/entitlements', { applicantKind: $('kind').value, facts }), (answer) => {
    showSum(answer);
    showYes(answer);
    showOthers(answer);
    const form = question(answer.nextQuestions);
    if (focus) {
      setTimeout(() => $('question').querySelector('legend, label, h3')?.focus());
    }
    return form;
  }, '正在测算……');
}

function showSum({ bestCombination: best, outcomes }) {
  const total = best?.totalFen ?? 0;
  const extra = (best?.atMostFen ?? total) - total;
  const open = outcomes.filter((one) => one.outcome === 'unknown').length;
  show($('sum'), h('div', { class: 'small soft' }, '目前可以领取，合计'), h('div', { class: 'money total' }, yuan(total)),
    extra > 0 ? h('p', { class: 'small' }, `另外最多 ${yuan(extra)} 由主管部门核定`) : null,
    open ? h('p', { class: 'small soft' }, `还有 ${open} 项要再回答几个问题才知道`) : null);
  announce(`目前合计 ${yuan(total)}`);
}

// ---- the question

function question(next) {
  const one = next.find((candidate) => !skipped.has(candidate.fact));
  if (!one) {
    return h('div', {}, h('h3', { tabindex: -1 }, '没有更多要问的了'),
      skipped.size ? h('button', { type: 'button', onclick: () => {
        skipped = new Set();
        evaluate(true);
      } }, `再看跳过的 ${skipped.size} 个问题`) : h('p', { class: 'soft' }, '下面是全部结果。'));
  }
  asked[one.fact] = one;
  const form = h('form', { novalidate: true, 'data-fact': one.fact });
  form.append(...field(one, form), h('div', { class: 'row' },
    one.type === 'choice' || one.type === 'boolean' ? null : h('button', { class: 'primary', type: 'submit' }, '下一题'),
    h('button', { class: 'link', type: 'button', onclick: () => {
      skipped.add(one.fact);
      evaluate(true);
    } }, '不清楚，先跳过')),
  one.settlesFen ? h('p', { class: 'small soft' }, `这一题关系到最多 ${yuan(one.settlesFen)}`) : '');
  return form;
}

function answer(one, value) {
  facts = { ...facts, [one.fact]: value };
  evaluate(true);
}

function field(one, form) {
  if (one.type === 'choice' || one.type === 'boolean') {
    const options = one.type === 'boolean' ? [[true, '是'], [false, '否']] : Object.entries(one.codes);
    return [h('fieldset', {}, h('legend', { tabindex: -1 }, one.question), h('div', { class: 'choices' },
      options.map(([value, text]) => h('button', { type: 'button', onclick: () => answer(one, value) }, text))))];
  }
  const input = h('input', one.type === 'date'
    ? { id: 'fact', type: 'date', required: true, max: '2100-12-31' }
    : { id: 'fact', type: 'number', inputmode: one.type === 'money' ? 'decimal' : 'numeric', step: one.type === 'money' ? '0.01' : '1',
      min: '0', required: true });
  const wrong = h('p', { class: 'wrong', id: 'fact-wrong', role: 'alert' });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!input.value || !input.checkValidity()) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', 'fact-wrong');
      wrong.textContent = one.type === 'date' ? '请选一个日期' : '请填一个数';
      input.focus();
      return;
    }
    answer(one, one.type === 'date' ? input.value : one.type === 'money' ? Math.round(Number(input.value) * 100) : Number(input.value));
  });
  return [h('div', { class: 'field' }, h('label', { for: 'fact', tabindex: -1 }, one.question + (one.type === 'money' ? '（元）' : '')),
    input, wrong)];
}

function said(one, value) {
  switch (one.type) {
    case 'boolean': return value ? '是' : '否';
    case 'choice': return one.codes[value] ?? value;
    case 'money': return yuan(value);
    case 'date': return date(value);
    default: return String(value);
  }
}

function showAnswered() {
  const given = Object.entries(facts);
  show($('answered'), given.length ? h('ul', { class: 'plain answers' }, given.map(([fact, value]) => h('li', {},
    h('span', { class: 'grow' }, h('span', { class: 'soft small' }, asked[fact].label), h('br'), said(asked[fact], value)),
    h('button', { type: 'button', class: 'link', 'aria-label': `改“${asked[fact].label}”`, onclick: () => {
      const { [fact]: gone, ...kept } = facts;
      facts = kept;
      reopen(asked[fact]);
    } }, '改')))) : h('p', { class: 'soft' }, '还没有回答。'));
}

/** The question comes back at once, whatever the service would ask next. */
function reopen(one) {
  evaluate();
  const wait = new MutationObserver(() => {
    if ($('question').getAttribute('aria-busy')) {
      return;
    }
    wait.disconnect();
    show($('question'), question([one]));
    $('question').querySelector('legend, label')?.focus();
  });
  wait.observe($('question'), { attributes: true, attributeFilter: ['aria-busy'] });
}

// ---- what follows

function showYes({ outcomes, bestCombination: best }) {
  const yes = outcomes.filter((one) => one.outcome === 'yes');
  const together = new Set(best?.schemes ?? []);
  const paid = yes.filter((one) => together.has(one.schemeId) && one.grant).flatMap((one) => one.grant.instalments);
  show($('yes'), yes.map((one) => outcome(one, together.has(one.schemeId))), paid.length ? timeline(paid) : null);
}

function outcome(one, counted) {
  return h('article', { class: 'card' }, h('div', { class: 'row' }, h('h3', { class: 'grow' }, one.title), badge('符合条件', 'good'),
    one.demo ? badge('演示标准', 'warn') : null),
  one.grant ? grant(one.grant) : ceiling(one.ceiling),
  counted ? null : h('p', { class: 'small note warn' }, '与另一项不能同时享受，未计入合计。'),
  h('details', {}, h('summary', {}, `为什么符合（${one.entryConditions.length} 个条件）`),
    h('ul', { class: 'plain' }, one.entryConditions.map((condition) => h('li', { class: 'found' }, `✓ ${condition.label}`,
      h('div', { class: 'small' }, citation(condition.citation)))))));
}

function grant(one) {
  return [h('p', {}, `${PERIOD[one.period]} `, h('b', { class: 'money' }, yuan(one.amountFen)),
    one.periods > 1 ? [`，共 ${one.periods} ${COUNT[one.period]}，合计 `, h('b', { class: 'money' }, yuan(one.totalFen))] : null),
  h('p', { class: 'small' }, '依据：', citation(one.citation))];
}

function ceiling(one) {
  return one ? [h('p', {}, '最多 ', h('b', { class: 'money' }, yuan(one.atMostFen)), '，由主管部门核定'),
    h('p', { class: 'small' }, '依据：', citation(one.citation))] : null;
}

function showOthers({ outcomes }) {
  const unknown = outcomes.filter((one) => one.outcome === 'unknown');
  const no = outcomes.filter((one) => one.outcome === 'no');
  show($('others'),
    unknown.length ? h('details', { class: 'card' }, h('summary', {}, `还不能确定的（${unknown.length}）`), h('ul', { class: 'plain' },
      unknown.map((one) => h('li', { class: 'found' }, h('b', {}, one.title),
        one.potentialFen ? h('span', { class: 'small' }, `　最多 ${yuan(one.potentialFen)}`) : null,
        h('div', { class: 'small soft' }, '还要知道：' + one.missingFacts.map((fact) => fact.label).join('、')))))) : null,
    no.length ? h('details', { class: 'card' }, h('summary', {}, `不符合的（${no.length}）`), h('ul', { class: 'plain' },
      no.map((one) => h('li', { class: 'found' }, h('b', {}, one.title), [one.whyNot ?? []].flat().map((why) =>
        h('div', { class: 'small soft' }, typeof why === 'string' ? why : why.text ?? why.detail ?? ''))))) ) : null);
}

$('kind').addEventListener('change', () => {
  facts = {};
  asked = {};
  skipped = new Set();
  evaluate();
});
evaluate();
