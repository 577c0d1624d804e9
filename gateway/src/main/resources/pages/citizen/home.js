// The start page: four doors, and which of them is closed at the moment.

async function closed() {
  try {
    return (await (await fetch('/docs/status')).json()).filter((one) => !one.up).map((one) => one.service);
  } catch {
    return []; // each page says for itself what it cannot reach
  }
}

const down = await closed();
for (const door of document.querySelectorAll('[data-service]')) {
  const state = door.querySelector('.state-of');
  state.hidden = !down.includes(door.dataset.service);
  state.textContent = state.hidden ? '' : '暂停服务，其他照常';
}
