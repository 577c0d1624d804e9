// The list of codes, narrowed to what is being looked for.
import { $, announce, debounced } from '/pages/dom.js';

const rows = [...$('codes').rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));

const narrow = debounced(150, () => {
  const wanted = $('wanted').value.trim().toLowerCase();
  for (const { row, text } of rows) {
    row.hidden = !text.includes(wanted);
  }
  announce(`${rows.filter(({ row }) => !row.hidden).length} 个代码`);
});

$('find').hidden = false;
$('wanted').addEventListener('input', narrow);
