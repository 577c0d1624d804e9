// My application: where it stands, my place and the expected wait as a picture, what happens next and by when.
import { demoCitizen, visitor } from './api.js';
import { apply } from './apply.js';
import { API, CHANNEL, DEADLINE, NEXT, STATE } from './care-words.js';
import { badge, failed, h, load } from './dom.js';
import { citation } from './links.js';
import { date, days } from './words.js';

const STAGES = [['受理', ['SUBMITTED']], ['评估', ['QUALIFIED', 'ASSESSMENT_BOOKED']], ['排队', ['WAITING', 'RECHECKING']],
  ['选床', ['OFFERED', 'OFFER_ACCEPTED', 'PAPERS_CHECKED']], ['入住', ['ADMITTED']]];
const OFFERED = new Set(['OFFERED', 'OFFER_ACCEPTED', 'PAPERS_CHECKED']);
const MOST_FIGURES = 24;

export function progress(place, id) {
  const path = `${API}/applications/${encodeURIComponent(id)}`;
  load(place, () => demoCitizen.read(path), ({ data: one, etag }) => {
    if (one.state === 'DRAFT' || one.state === 'INCOMPLETE') {
      demoCitizen.get(`${path}/form`).then((form) => apply(place, { application: one, etag, form: filled(form) }));
      return h('div', { class: 'state', role: 'status' }, '正在取已填的内容……');
    }
    document.title = `${STATE[one.state]} · 我的申请`;
    return [h('p', {}, h('a', { href: '/care-homes' }, '‹ 全部养老院')), h('h1', {}, STATE[one.state]),
      h('p', { class: 'soft' }, `申请人 ${one.applicant.name}，${date(one.submittedAt ?? one.createdAt)} 申请 `, badge('演示', 'warn')), stages(one), next(one, () => progress(place, id)),
      h('div', { class: 'split' }, one.entries.map(entry)), channel(one), decisions(one)];
  });
}

function filled(form) {
  const { filedBy, applicant, agent, guardian, categories, homeIds, bedKinds } = form;
  return { filedBy, applicant: applicant ?? {}, agent: agent ?? undefined, guardian: guardian ?? undefined, categories: categories ?? [], homeIds: homeIds ?? [], bedKinds: bedKinds ?? [] };
}

function stages(one) {
  const at = STAGES.findIndex(([, states]) => states.includes(one.state));
  return at < 0 ? null : h('ol', { class: 'plain stages', 'aria-label': '进度' }, STAGES.map(([name], i) =>
    h('li', { class: i < at ? 'done' : '', 'aria-current': i === at ? 'step' : null }, name)));
}

function next(one, again) {
  const running = one.deadlines.filter((deadline) => deadline.status === 'RUNNING' || deadline.status === 'OVERDUE');
  return h('section', { class: 'note' }, h('h2', {}, '接下来'), h('p', {}, NEXT[one.state] ?? ''),
    one.offerId && OFFERED.has(one.state) ? bed(one.offerId) : null,
    running.map((deadline) => h('p', {}, `${DEADLINE[deadline.kind]} `, h('b', {}, date(deadline.lastDay)),
      deadline.provisional ? '（暂定：当年节假日安排尚未公布）' : '', deadline.status === 'OVERDUE' ? badge('已超期', 'bad') : null,
      h('span', { class: 'small' }, '　', citation(deadline.basis)))),
    one.offerId && one.state === 'OFFERED' ? answer(one.offerId, again) : null);
}

/** Which bed it is, and where. */
function bed(offerId) {
  const place = h('div', { class: 'brief' });
  load(place, async () => {
    const offer = await demoCitizen.get(`${API}/offers/${offerId}`);
    return { offer, home: await visitor.get(`${API}/homes/${offer.homeId}`) };
  }, ({ offer, home }) => h('p', {}, h('b', {}, `${home.name} ${offer.bedLabel} 号床`), h('br'), `${home.address}　`,
    h('a', { href: 'tel:' + home.phone }, home.phone)));
  return place;
}

/** Accepting or refusing the bed that is offered; who refuses says why. */
function answer(offerId, again) {
  const said = h('div', { 'aria-live': 'polite' });
  const send = async (what, json) => {
    try {
      const { etag } = await demoCitizen.read(`${API}/offers/${offerId}`);
      await demoCitizen.post(`${API}/offers/${offerId}/${what}`, { etag, json });
      again();
    } catch (failure) {
      said.replaceChildren(failed(failure));
    }
  };
  const reason = h('input', { id: 'reason', maxlength: 200, autocomplete: 'off' });
  const form = h('form', { novalidate: true, hidden: true, onsubmit: (event) => {
    event.preventDefault();
    send('refusal', { reason: reason.value.trim() });
  } }, h('div', { class: 'field' }, h('label', { for: 'reason' }, '为什么不接受'), reason,
    h('p', { class: 'hint' }, '不接受，就放弃在这家机构的这次轮候，床位马上通知下一位。')), h('button', { type: 'submit' }, '确定不接受'));
  const accept = () => confirm('确定接受这张床位吗？') && send('acceptance');
  const refuse = () => {
    form.hidden = !form.hidden;
    reason.focus();
  };
  return [h('div', { class: 'row' }, h('button', { type: 'button', class: 'primary', onclick: accept }, '接受'),
    h('button', { type: 'button', onclick: refuse }, '不接受')), form, said];
}

function entry(one) {
  const { position, expectedWait: wait } = one;
  return h('section', { class: 'card' }, h('h2', {}, one.homeName),
    position ? [h('p', {}, '我排在第 ', h('b', { class: 'big' }, position.inQueue), ' 位', position.provisional ? badge('暂定', 'warn') : null),
      line(position.inQueue), h('p', { class: 'small soft' }, `排队号 ${one.queueNumber}，本通道第 ${position.inChannel} 位。`,
        position.provisional ? '评估之后位次才确定。' : '')] : h('p', { class: 'soft' }, one.endReason ?? '不在排队。'),
    wait ? expected(wait) : null);
}

/** Everybody who stands before me, and me. */
function line(place) {
  const before = place - 1;
  const drawn = Math.min(before, MOST_FIGURES);
  const figure = (me) => h('svg:svg', { viewBox: '0 0 16 26', class: me ? 'me' : '' }, h('svg:circle', { cx: 8, cy: 6, r: 4.6 }),
    h('svg:path', { d: 'M1.500 26v-7a6.500 6.500 0 0 1 13 0v7z' }));
  return h('div', { class: 'line', role: 'img', 'aria-label': before ? `我前面有 ${before} 人` : '我前面没有人' },
    before > drawn ? h('span', { class: 'small soft' }, `…还有 ${before - drawn} 人`) : null, Array.from({ length: drawn }, () => figure(false)), figure(true));
}

function expected(wait) {
  if (wait.status !== 'ESTIMATED') {
    return h('p', { class: 'small note' }, wait.explanation);
  }
  const whole = Math.max(365, wait.highDays);
  return h('figure', { class: 'wait' }, h('figcaption', {}, '大约还要等 ', h('b', {}, days(wait.lowDays, wait.highDays))),
    h('div', { class: 'range', role: 'img', 'aria-label': `${wait.lowDays} 至 ${wait.highDays} 天` },
      h('span', { style: `left:${wait.lowDays / whole * 100}%;width:${Math.max(2, (wait.highDays - wait.lowDays) / whole * 100)}%` })),
    h('div', { class: 'row ends small soft', 'aria-hidden': 'true' }, h('span', {}, '今天'), h('span', {}, whole === 365 ? '一年后' : `${Math.round(whole / 30)} 个月后`)),
    h('p', { class: 'small soft' }, wait.explanation));
}

function channel(one) {
  return h('section', { class: 'card' }, h('h2', {}, `通道：${CHANNEL[one.channel.channel]}`, one.channel.provisional ? badge('暂定', 'warn') : null),
    h('p', {}, one.channel.reason), h('p', { class: 'small' }, '依据：', one.channel.basis.map((basis) => [citation(basis), '　'])),
    one.assessmentFee ? h('p', {}, `能力评估费用：${one.assessmentFee.payer}承担 `, h('span', { class: 'small' }, citation(one.assessmentFee.basis))) : null);
}

function decisions(one) {
  return h('details', { class: 'card' }, h('summary', {}, `办理经过（${one.decisions.length}）`), h('ol', { class: 'plain' }, one.decisions.map((decision) =>
    h('li', { class: 'found' }, h('span', { class: 'soft small' }, date(decision.decidedAt)), h('div', {}, decision.reason),
      h('span', { class: 'small' }, decision.basis.map((basis) => [citation(basis), '　']))))));
}
