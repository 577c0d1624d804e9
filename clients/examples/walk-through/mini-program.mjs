// Runs walk-through.js in Node.js: what it needs of a mini-program (wx) rests on fetch here.
// Arguments: address of the platform, address of the back end that hands out tokens.
import { readFileSync } from 'node:fs';

const [base, backend] = process.argv.slice(2);

const wx = {
  env: { USER_DATA_PATH: 'wxfile://usr' },
  getFileSystemManager: () => ({ readFileSync: () => new TextEncoder().encode('%PDF-1.4 demo').buffer }),
  request({ url, method = 'GET', header = {}, data, timeout, success, fail }) {
    const isObject = typeof data === 'object' && !(data instanceof ArrayBuffer);
    fetch(url, { method, headers: header, body: isObject ? JSON.stringify(data) : data, signal: AbortSignal.timeout(timeout) })
      .then(async (answer) => success({ statusCode: answer.status, header: Object.fromEntries(answer.headers),
        data: parsed(await answer.text()) }))
      .catch(fail);
  },
};

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const source = readFileSync(new URL('./walk-through.js', import.meta.url), 'utf8')
  .replace('https://city.example.com', base).replace('https://your-backend.example.com', backend);
const module = {};
new Function('wx', 'module', source)(wx, module);
const { step2, step3, step4, step5, step6 } = module.exports;
await step2();
await step4(await step3());
await step5();
await step6();
