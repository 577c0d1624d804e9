// What the developers' pages do beside being read: the platform's own address, copying, the state of the services.
import { announce, h } from '/pages/dom.js';

const EVERY_MS = 15_000;

for (const place of document.querySelectorAll('.origin')) {
  place.textContent = location.origin;
}

for (const sample of document.querySelectorAll('.sample')) {
  const code = sample.querySelector('pre');
  code.tabIndex = 0; // what scrolls must be reached by the keyboard
  code.classList.add('scroll');
  code.setAttribute('role', 'group');
  code.setAttribute('aria-label', sample.dataset.name ?? `${sample.dataset.language} 示例`);
  const button = h('button', { type: 'button', class: 'copy', onclick: () => copy(code, button) }, '复制');
  sample.prepend(button);
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent.trim() + '\n');
    button.textContent = '已复制';
    announce('已复制');
  } catch {
    getSelection().selectAllChildren(code); // the browser forbids it: one key is left to press
    button.textContent = '已选中';
    announce('浏览器不允许复制，已选中');
  }
}

async function states() {
  try {
    const answer = await fetch('/docs/status');
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}

async function show(places) {
  const known = await states();
  for (const place of places) {
    const one = known.find((state) => state.service === place.dataset.service);
    place.textContent = one === undefined ? '未知' : one.up ? '正常' : '暂停';
    place.className = 'of-service badge ' + (one === undefined ? '' : one.up ? 'good' : 'bad');
  }
}

const places = document.querySelectorAll('.of-service');
if (places.length) {
  show(places);
  setInterval(() => show(places), EVERY_MS);
}

const LANGUAGE = 'docs-language';

function remembered() {
  try {
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Of the samples of one step only those in one language are shown; the choice holds for all steps. */
function choose(language) {
  for (const group of document.querySelectorAll('.languages')) {
    const samples = [...group.querySelectorAll('.sample')];
    const chosen = samples.find((sample) => sample.dataset.language === language) ?? samples[0];
    for (const sample of samples) {
      sample.hidden = sample !== chosen;
    }
    for (const button of group.querySelectorAll('.choose button')) {
      button.setAttribute('aria-pressed', String(button.textContent === chosen.dataset.language));
    }
  }
}

function chosen(button) {
  const before = button.getBoundingClientRect().top;
  choose(button.textContent);
  scrollBy(0, button.getBoundingClientRect().top - before); // what is above may have become longer
  try {
    localStorage.setItem(LANGUAGE, button.textContent);
  } catch {
    // it holds for this page then
  }
}

for (const group of document.querySelectorAll('.languages')) {
  group.classList.add('chosen-one');
  const languages = [...group.querySelectorAll('.sample')].map((sample) => sample.dataset.language);
  group.prepend(h('div', { class: 'choose', role: 'group', 'aria-label': '语言' }, languages.map((language) =>
    h('button', { type: 'button', 'aria-pressed': 'false', onclick: (event) => chosen(event.currentTarget) }, language))));
}
choose(remembered());
