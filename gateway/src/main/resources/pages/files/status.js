for (const place of document.querySelectorAll('.origin')) {
  place.textContent = location.origin;
}

async function show() {
  let known = [];
  try {
    known = await (await fetch('/docs/status')).json();
  } catch (failure) {
    known = [];
  }
  for (const item of document.querySelectorAll('[data-service]')) {
    const one = known.find((status) => status.service === item.dataset.service);
    const state = item.querySelector('.state');
    state.textContent = one === undefined ? '未知' : one.up ? '正常' : '暂停';
    state.className = 'state ' + (one === undefined ? '' : one.up ? 'up' : 'down');
  }
}

show();
setInterval(show, 15000);
