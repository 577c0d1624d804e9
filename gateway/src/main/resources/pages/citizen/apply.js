// An application in steps. What is missing is never guessed here: the service names it, all at once.
import { demoCitizen, visitor } from './api.js';
import { API, BED, CATEGORY, FROM_REGISTER, RELATION } from './care-words.js';
import { areas } from './city.js';
import { badge, failed, h, load, show } from './dom.js';
import { citation } from './links.js';

const STEPS = ['申请人', '家庭情况', '想住哪里', '材料和提交'];
const MOST_HOMES = 3;
const STEP_OF = [[/^\/(applicant|agent|guardian|filedBy)/, 0], [/^\/categories/, 1], [/^\/(homeIds|bedKinds)/, 2]];

/** @param known { home } for a new one, { application, etag, form } to go on with one */
export function apply(place, known) {
  load(place, () => visitor.get(`${API}/homes?limit=50`), ({ items }) => new Steps(place, items, known).shown());
}

class Steps {
  constructor(place, homes, { home, application, etag, form }) {
    Object.assign(this, { place, homes, application, etag, step: application ? 3 : 0, wrong: [] });
    this.given = form ?? { filedBy: 'APPLICANT', applicant: {}, agent: null, categories: [], homeIds: home ? [home] : [], bedKinds: [] };
  }

  shown() {
    this.body = h('form', { class: 'card', novalidate: true });
    this.body.addEventListener('submit', (event) => {
      event.preventDefault();
      this.next();
    });
    this.steps = h('ol', { class: 'plain steps' });
    this.draw();
    return [h('p', {}, h('a', { href: '/care-homes' }, '‹ 全部养老院')), h('h1', {}, '申请入住公办养老院'),
      h('p', { class: 'small note warn' }, '演示：以演示市民的身份申请，请勿填写真实资料。'), this.steps, this.body];
  }

  draw() {
    show(this.steps, STEPS.map((name, i) => h('li', { 'aria-current': i === this.step ? 'step' : null, class: i < this.step ? 'done' : '' },
      h('button', { type: 'button', class: 'link', disabled: i > this.step && !this.application, onclick: () => this.go(i) }, `${i + 1} ${name}`))));
    const content = [this.applicant, this.family, this.wishes, this.papers][this.step].call(this);
    show(this.body, h('h2', { tabindex: -1 }, `第 ${this.step + 1} 步：${STEPS[this.step]}`), content, h('div', { class: 'said-here', 'aria-live': 'polite' }));
    if (this.step < 3) {
      this.body.append(h('div', { class: 'row' }, h('button', { class: 'primary', type: 'submit' }, '保存，下一步')));
    }
  }

  go(step) {
    this.step = step;
    this.draw();
    this.body.querySelector('h2').focus();
  }

  // ---- the steps

  applicant() {
    const { applicant, agent, filedBy } = this.given;
    const byAgent = filedBy === 'AGENT';
    return [h('fieldset', {}, h('legend', {}, '谁来申请'), this.radio('filedBy', 'APPLICANT', '老人自己', !byAgent), this.radio('filedBy', 'AGENT', '家人代办', byAgent)),
      this.text('/applicant/name', '老人姓名', applicant.name, { autocomplete: 'off' }),
      this.text('/applicant/idNumber', '老人身份证号', applicant.idNumber, { maxlength: 18, autocomplete: 'off' }),
      this.text('/applicant/phone', '联系电话', applicant.phone, { type: 'tel', autocomplete: 'off' }),
      this.select('/applicant/residenceAreaCode', '住在哪个区市', applicant.residenceAreaCode, areas.map((area) => [area.code, area.name])),
      this.text('/applicant/address', '详细住址', applicant.address, { autocomplete: 'off' }),
      h('div', { id: 'agent', hidden: !byAgent }, h('h3', {}, '代办人'), this.text('/agent/name', '代办人姓名', agent?.name),
        this.text('/agent/idNumber', '代办人身份证号', agent?.idNumber, { maxlength: 18 }), this.text('/agent/phone', '代办人电话', agent?.phone, { type: 'tel' }),
        this.select('/agent/relation', '与老人的关系', agent?.relation, Object.entries(RELATION))),
      h('button', { type: 'button', onclick: () => this.demo() }, '填入演示资料')];
  }

  family() {
    return [h('p', { class: 'soft' }, '符合的请勾选，会影响走哪个通道；都不符合就直接下一步。'),
      this.ticks('categories', Object.entries(CATEGORY), this.given.categories)];
  }

  wishes() {
    return [h('fieldset', {}, h('legend', {}, `选养老院（最多 ${MOST_HOMES} 家）`), this.ticks('homeIds', this.homes.map((home) =>
      [home.id, `${home.name}　${home.freeBeds} 张空床，${home.queueTotal} 人排队`]), this.given.homeIds), this.said('/homeIds')),
    h('fieldset', {}, h('legend', {}, '能接受的床位'), this.ticks('bedKinds', Object.entries(BED), this.given.bedKinds), this.said('/bedKinds'))];
  }

  papers() {
    const missing = this.application?.missing ?? [];
    const papers = missing.filter((one) => one.pointer.startsWith('/materials/'));
    const others = missing.filter((one) => !one.pointer.startsWith('/materials/'));
    return [missing.length ? h('p', { class: 'note warn', role: 'status' }, `还差 ${missing.length} 项，补齐后再提交：`)
      : h('p', {}, '提交后，系统会一次列出还缺的全部内容；补齐即受理并开始排队。'),
    others.length ? h('ul', { class: 'plain' }, others.map((one) => h('li', { class: 'found' }, h('button', { type: 'button', class: 'link',
      onclick: () => this.go(stepOf(one.pointer)) }, one.detail), h('span', { class: 'small soft' }, '　', citation(one.basis))))) : null,
    papers.length ? h('ul', { class: 'plain' }, papers.map((one) => this.paper(one))) : null,
    h('div', { class: 'row' }, h('button', { class: 'primary', type: 'submit' }, missing.length ? '再次提交' : '提交申请'))];
  }

  paper(one) {
    const kind = one.pointer.slice('/materials/'.length);
    const said = h('span', { class: 'small', role: 'status' });
    const done = () => {
      this.etag = null;
      show(said, badge('已提供', 'good'));
    };
    const give = (work) => work().then(done).catch((failure) => show(said, failed(failure)));
    const id = `file-${kind}`;
    return h('li', { class: 'found' }, h('label', { for: id }, one.detail.replace('请提供：', '')), h('div', { class: 'row' },
      h('input', { type: 'file', id, accept: 'application/pdf,image/jpeg,image/png', class: 'grow', onchange: (event) => event.target.files[0]
        && give(() => demoCitizen.post(`${API}/applications/${this.application.id}/materials?kind=${kind}`, { file: event.target.files[0] })) }),
      FROM_REGISTER.has(kind) ? h('button', { type: 'button', onclick: () => give(() =>
        demoCitizen.post(`${API}/applications/${this.application.id}/register-checks`, { json: { kind } })) }, '免交，由系统核验') : null, said));
  }

  // ---- fields

  radio(name, value, text, checked) {
    return h('label', { class: 'tick' }, h('input', { type: 'radio', name, value, checked, onchange: () => {
      this.body.querySelector('#agent').hidden = value !== 'AGENT';
    } }), text);
  }

  ticks(name, options, chosen) {
    return h('div', { class: 'tick-list' }, options.map(([value, text]) => h('label', { class: 'tick' },
      h('input', { type: 'checkbox', name, value, checked: chosen.includes(value) }), text)));
  }

  text(pointer, label, value, more = {}) {
    return this.field(pointer, label, h('input', { id: pointer, name: pointer, value: value ?? '', ...more }));
  }

  select(pointer, label, value, options) {
    return this.field(pointer, label, h('select', { id: pointer, name: pointer }, h('option', { value: '' }, '请选择'),
      options.map(([code, name]) => h('option', { value: code, selected: code === value }, name))));
  }

  field(pointer, label, input) {
    const said = this.said(pointer);
    if (said) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', `${pointer}-said`);
    }
    return h('div', { class: 'field' }, h('label', { for: pointer }, label), input, said);
  }

  said(pointer) {
    const wrong = [...this.wrong, ...(this.application?.missing ?? [])].find((one) => one.pointer === pointer);
    return wrong ? h('p', { class: 'wrong', id: `${pointer}-said` }, wrong.detail) : null;
  }

  // ---- what happens

  take() {
    const form = new FormData(this.body);
    const value = (pointer) => (form.get(pointer) ?? '').trim() || undefined;
    if (this.step === 0) {
      const filedBy = form.get('filedBy');
      this.given.filedBy = filedBy;
      this.given.applicant = Object.fromEntries(['name', 'idNumber', 'phone', 'residenceAreaCode', 'address'].map((name) => [name, value(`/applicant/${name}`)]));
      this.given.agent = filedBy === 'AGENT' ? { kind: 'PERSON', ...Object.fromEntries(['name', 'idNumber', 'phone', 'relation'].map((name) =>
        [name, value(`/agent/${name}`)])) } : undefined;
    } else if (this.step === 1) {
      this.given.categories = form.getAll('categories');
    } else if (this.step === 2) {
      this.given.homeIds = form.getAll('homeIds');
      this.given.bedKinds = form.getAll('bedKinds');
    }
  }

  async next() {
    const button = this.body.querySelector('[type=submit]');
    button.disabled = true;
    try {
      if (this.step === 3) {
        await this.submit();
      } else {
        this.take();
        await this.save();
        this.wrong = [];
        this.go(this.step + 1);
      }
    } catch (failure) {
      button.disabled = false;
      this.wrong = failure.errors ?? [];
      if (this.wrong.length && this.step < 3) {
        this.draw();
      }
      show(this.body.querySelector('.said-here'), failed(failure));
    }
  }

  async save() {
    const { data, etag } = this.application
      ? await demoCitizen.put(`${API}/applications/${this.application.id}`, { json: this.given, etag: await this.current() })
      : await demoCitizen.post(`${API}/applications`, { json: this.given });
    this.keep(data, etag);
  }

  async submit() {
    const { data, etag } = await demoCitizen.post(`${API}/applications/${this.application.id}/submission`, { etag: await this.current() });
    if (!data.missing.length) {
      location.assign(`/care-homes?application=${data.id}`);
      return;
    }
    this.keep(data, etag);
    this.go(3);
  }

  /** The version last seen; handing in papers changes it. */
  async current() {
    this.etag ??= (await demoCitizen.read(`${API}/applications/${this.application.id}`)).etag;
    return this.etag;
  }

  keep(application, etag) {
    this.application = application;
    this.etag = etag;
  }

  demo() {
    const values = { '/applicant/name': '张桂兰', '/applicant/idNumber': demoNumber(), '/applicant/phone': '13800000001',
      '/applicant/residenceAreaCode': areas[0].code, '/applicant/address': '环翠区演示路 1 号' };
    for (const [name, value] of Object.entries(values)) {
      this.body.elements[name].value = value;
    }
  }
}

function stepOf(pointer) {
  return (STEP_OF.find(([pattern]) => pattern.test(pointer)) ?? [null, 0])[1];
}

/** A made-up ID number (379999 is no place) with a right check digit, of those that the made-up registers know. */
function demoNumber() {
  const two = (most) => String(1 + Math.floor(Math.random() * most)).padStart(2, '0');
  const body = `3799991${930 + Math.floor(Math.random() * 20)}${two(12)}${two(28)}${500 + Math.floor(Math.random() * 490)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[[...body].reduce((sum, digit, i) => sum + Number(digit) * weights[i], 0) % 11];
}
