// Building what is shown, and saying so when it cannot be shown.

/** An element: h('p', { class: 'soft', onclick: f }, 'text', otherElement). Text is never read as markup. */
export function h(tag, properties, ...children) {
  const svg = tag.startsWith('svg:');
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

export function show(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

const latest = new WeakMap();

/**
 * Runs work and shows what render makes of its result. Says when it takes long, and when it fails why, with a button to
 * try again. Of two calls for one place only the later one is shown.
 */
export async function load(place, work, render, waiting = '正在查询……') {
  const mine = {};
  latest.set(place, mine);
  const current = () => latest.get(place) === mine;
  const soon = setTimeout(() => current() && wait(place, waiting), 250);
  const late = setTimeout(() => current() && wait(place, '网络较慢，仍在等待，请稍候……'), 5000);
  place.setAttribute('aria-busy', 'true');
  place.style.minHeight = `${place.offsetHeight}px`; // what stands below must not jump away under a finger
  try {
    const result = await work();
    if (current()) {
      show(place, render(result));
    }
    return current();
  } catch (failure) {
    if (current()) {
      show(place, failed(failure, () => load(place, work, render, waiting), 'view' in place.dataset ? 'h1' : 'p'));
    }
    return false;
  } finally {
    clearTimeout(soon);
    clearTimeout(late);
    if (current()) {
      place.removeAttribute('aria-busy');
      place.style.minHeight = '';
    }
  }
}

function wait(place, text) {
  show(place, h('div', { class: 'state', role: 'status' }, text));
}

export function empty(title, ...advice) {
  return h('div', { class: 'state', role: 'status' }, h('p', { class: 'title' }, title), advice.map((line) => h('p', {}, line)));
}

/** @param title what names the failure: a heading where nothing else heads the view */
export function failed(failure, again, title = 'p') {
  if (!failure.explained) {
    console.error(failure);
  }
  return h('div', { class: 'state failed', role: 'alert' },
    h(title, { class: 'title' }, failure.explained ? failure.message : '这一部分没能显示出来'),
    failure.details?.length ? h('ul', {}, failure.details.map((one) => h('li', {}, one))) : null,
    failure.advice ? h('p', {}, failure.advice) : null,
    again ? h('button', { type: 'button', onclick: again }, '再试一次') : null);
}

/** The last call counts, after a pause. */
export function debounced(pause, work) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), pause);
  };
}

/** Told to screen readers without moving the focus. */
export function announce(text) {
  let place = $('announcer');
  if (!place) {
    place = h('div', { id: 'announcer', class: 'unseen', role: 'status' });
    document.body.append(place);
  }
  place.textContent = text;
}

export function badge(text, kind) {
  return h('span', { class: 'badge ' + (kind ?? '') }, text);
}

/**
 * A text field with suggestions, by the ARIA combobox pattern: arrows choose, Enter takes, Escape closes.
 * find(text) promises the entries, label(entry) what an entry shows, take(entry) is called with the one taken.
 */
export function combobox(input, { find, label, take, name }) {
  const list = h('ul', { class: 'options', role: 'listbox', id: input.id + '-options', 'aria-label': name, hidden: true });
  const wait = h('div', { class: 'options', id: input.id + '-wait', onclick: () => input.focus() });
  input.parentElement.classList.add('combo');
  input.after(list, wait);
  for (const [key, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
    'aria-controls': list.id, autocomplete: 'off' })) {
    input.setAttribute(key, value);
  }
  let entries = [];
  let at = -1;
  const open = () => !list.hidden;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (index) => {
    at = (index + entries.length) % entries.length;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at));
    list.children[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', list.children[at].id);
  };
  const taken = (entry) => {
    close();
    take(entry);
  };
  const offer = (text, found) => {
    if (input.value.trim() !== text || document.activeElement !== input) {
      return;
    }
    entries = found;
    show(list, entries.map((entry, i) => h('li', { role: 'option', id: `${list.id}-${i}`, 'aria-selected': 'false',
      onpointerdown: (event) => event.preventDefault(), onclick: () => taken(entry) }, label(entry))));
    list.hidden = entries.length === 0;
    input.setAttribute('aria-expanded', String(open()));
    at = -1;
    announce(entries.length ? `有 ${entries.length} 条提示，按上下键选择` : '没有提示');
  };
  const ask = debounced(150, () => {
    const text = input.value.trim();
    close();
    load(wait, async () => text ? find(text) : [], (found) => {
      offer(text, found);
      return text && !found.length ? empty(`没有查到“${text}”`) : [];
    }, `正在查${name}……`);
  });
  input.addEventListener('input', ask);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) {
      return;
    }
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && open()) {
      event.preventDefault();
      choose(at + (event.key === 'ArrowDown' ? 1 : at < 0 ? 0 : -1));
    } else if (event.key === 'Enter' && open()) {
      event.preventDefault();
      taken(entries[Math.max(at, 0)]);
    } else if (event.key === 'Escape') {
      close();
      show(wait);
    }
  });
}
