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
  door.querySelector('.state-of').textContent = down.includes(door.dataset.service) ? '暂停服务' : '';
}
