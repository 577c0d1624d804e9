// The subscriptions of all four services together, with the token that the developer brings; and signatures, checked here.
import { bearer } from '/pages/api.js';
import { $, announce, badge, empty, failed, h, load, show } from '/pages/dom.js';
import { refusal } from '/docs/files/signature.js';

const SERVICES = { policy: '政策文件', eldercare: '公办养老', subsidy: '补贴待遇', pharmacy: '集采药品' };
const STATE = { ACTIVE: ['启用', 'good'], PAUSED: ['暂停', 'warn'], STOPPED: ['停止', 'bad'] };
const STOPPED = { GONE: '对方以 410 拒收', FAILING: '连续五天失败' };
const DELIVERY = { PENDING: ['待投递', 'warn'], DELIVERED: ['已送达', 'good'], DEAD: ['死信', 'bad'] };
const LOOKS = 5;
const PAUSE_MS = 1000;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

let caller;

const address = (service) => `/api/${service}/v1/webhooks`;
const moment = (text) => new Date(text).toLocaleString('zh-CN', { hour12: false });

/** Each service for itself: one that is down or that refuses the token leaves the others alone. */
function list(service) {
  return load($(`of-${service}`), () => caller.get(`${address(service)}?limit=100`), ({ items }) =>
    items.length ? items.map((webhook) => subscription(service, webhook)) : empty('还没有订阅'));
}

function subscription(service, webhook) {
  const path = `${address(service)}/${webhook.id}`;
  const place = h('div', { 'aria-live': 'polite' });
  const button = (name, work) => h('button', { type: 'button', onclick: work }, name);
  const stopped = STOPPED[webhook.stoppedReason];
  return h('article', { class: 'card' }, h('h3', {}, webhook.url, ' ', badge(...STATE[webhook.state])),
    webhook.description ? h('p', {}, webhook.description) : null,
    h('p', { class: 'small soft' }, webhook.eventTypes.join('、')),
    stopped ? h('p', { class: 'bad-text' }, `停止的原因：${stopped}`) : null,
    webhook.failingSince ? h('p', { class: 'bad-text' }, `从 ${moment(webhook.failingSince)} 起一直失败`) : null,
    h('div', { class: 'row' },
      button('发测试事件', () => load(place, () => test(path), deliveries, '已发出，等待结果……')),
      button('投递记录', () => load(place, () => caller.get(`${path}/deliveries?limit=20`), deliveries)),
      button('重放死信', () => load(place, () => replay(path), ({ events }) =>
        h('p', { class: 'note' }, events ? `一周以来的 ${events} 个死信将重新投递。` : '一周以来没有死信。'))),
      button('用它的密钥验签名', () => load(place, () => secret(path), () =>
        h('p', { class: 'note' }, '密钥已填入下面的“验签名”；这次读取有记录。')))), place);
}

/** The event comes to the partner a moment later; until then it is being waited for. */
async function test(path) {
  const before = (await caller.get(`${path}/deliveries?limit=1`)).items[0]?.eventId;
  await caller.post(`${path}/tests`);
  let known;
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    known = await caller.get(`${path}/deliveries?limit=20`);
    const [latest] = known.items;
    if (latest && latest.eventId !== before && (latest.state !== 'PENDING' || latest.attempts)) {
      break;
    }
  }
  return known;
}

const replay = async (path) => (await caller.post(`${path}/replays`,
  { json: { since: new Date(Date.now() - WEEK_MS).toISOString(), onlyDead: true } })).data;

async function secret(path) {
  const { secrets } = await caller.get(`${path}/secret`);
  [$('secret').value] = secrets;
}

function deliveries({ items }) {
  if (!items.length) {
    return empty('还没有投递');
  }
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': '投递记录' }, h('table', {},
    h('thead', {}, h('tr', {}, ['状态', '事件', '发生', '次数', '对方的回答'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, items.map((one) => h('tr', {}, h('td', {}, badge(...DELIVERY[one.state])),
      h('td', {}, one.type, h('div', { class: 'small soft' }, one.eventId)), h('td', {}, moment(one.occurredAt)),
      h('td', { class: 'number' }, String(one.attempts)),
      h('td', {}, one.lastError ?? (one.lastStatus ? `HTTP ${one.lastStatus}` : ''),
        one.nextAttemptAt && one.state === 'PENDING' ? h('div', { class: 'small soft' }, `再试：${moment(one.nextAttemptAt)}`) : null))))));
}

async function suggest() {
  const service = $('service').value;
  $('types').value = '';
  try {
    const document = await (await fetch(`/docs/openapi/${service}`)).json();
    if ($('service').value === service && !$('types').value) {
      $('types').value = Object.keys(document.webhooks ?? {}).join('\n');
    }
  } catch {
    // whoever knows the names can write them
  }
}

show($('services'), Object.entries(SERVICES).map(([service, title]) =>
  h('section', {}, h('h2', {}, title), h('div', { id: `of-${service}` }))));
show($('service'), Object.entries(SERVICES).map(([service, title]) => h('option', { value: service }, title)));
$('service').addEventListener('change', suggest);

$('sign').addEventListener('submit', (event) => {
  event.preventDefault();
  const token = $('token').value.trim();
  $('token').setAttribute('aria-invalid', String(!token));
  if (token) {
    caller = bearer(token);
    $('signed-in').hidden = false;
    Object.keys(SERVICES).forEach(list);
    suggest();
  }
});

$('subscribe').addEventListener('submit', async (event) => {
  event.preventDefault();
  const service = $('service').value;
  try {
    await caller.post(address(service), { json: { url: $('url').value.trim(), description: $('description').value,
      eventTypes: $('types').value.split(/[\s,，、]+/).filter(Boolean) } });
    show($('subscribed'), h('p', { class: 'note good' }, '已订阅。可以发一个测试事件。'));
    list(service);
  } catch (failure) {
    show($('subscribed'), failed(failure));
  }
});

$('check').addEventListener('submit', async (event) => {
  event.preventDefault();
  const [secretText, id, timestamp, signature] = ['secret', 'id', 'timestamp', 'signature'].map((name) => $(name).value.trim());
  const wrong = await checked(secretText, { id, timestamp, signature });
  show($('checked'), h('p', { class: `note ${wrong ? 'bad' : 'good'}` }, wrong || '签名相符：确实来自本平台。'));
  announce(wrong || '签名相符');
});

async function checked(secretText, headers) {
  if (!crypto.subtle) {
    return '浏览器只在 https（或 localhost）的页面上提供验签所需的功能';
  }
  try {
    return await refusal(secretText, headers, $('body').value, $('old').checked ? Number(headers.timestamp) * 1000 : Date.now());
  } catch {
    return '密钥或签名不是 base64：请核对是否贴全';
  }
}
