// The public API as a mini-program uses it. Only the token comes another way: a mini-program gets it from its own back
// end, these pages from POST /pages/token. No secret is ever here.

// longer than the gateway waits for a service: its explanation is better than ours
const PATIENCE_MS = 25_000;

/** A refusal or failure that can be shown as it is. */
export class Problem extends Error {
  constructor(message, { status = 0, code = '', details = [], errors = [], advice = '', body = {} } = {}) {
    super(message);
    Object.assign(this, { explained: true, status, code, details, errors, advice, body });
  }
}

const tokens = new Map();
const VISITOR = '/pages/token';
const CITIZEN = '/pages/demo-citizen-token';

/** Whoever needs the same token at the same time waits for one answer. */
async function token(source) {
  const known = tokens.get(source);
  if (known && Date.parse((await known).expiresAt) > Date.now() + 30_000) {
    return (await known).accessToken;
  }
  if (tokens.get(source) === known) {
    const asked = ask(source);
    tokens.set(source, asked);
    asked.catch(() => forget(source, asked));
  }
  return (await tokens.get(source)).accessToken;
}

function forget(source, asked) {
  if (tokens.get(source) === asked) {
    tokens.delete(source);
  }
}

async function ask(source) {
  const response = await reach(source, { method: 'POST' });
  if (response.status === 404) {
    throw new Problem('此网页尚未开通查询', { status: 404, code: 'pages-off',
      advice: '运行方尚未为网页配置访问凭证；各小程序不受影响。' });
  }
  return read(response);
}

async function reach(address, options) {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(address, { ...options, signal: limit });
  } catch {
    throw limit.aborted
      ? new Problem('服务没有及时应答', { code: 'slow', advice: '可能是网络较慢，请稍后再试。' })
      : new Problem('连接不上服务', { code: 'offline', advice: '请检查网络后再试。' });
  }
}

/** The answer's JSON; a refusal becomes a Problem with the service's own Chinese text, everything wrong at once. */
async function read(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? await response.json().catch(() => null) : {};
  if (response.ok && body) {
    return body;
  }
  if (response.ok) {
    throw new Problem('内容没有传完', { code: 'offline', advice: '可能是网络不稳。' });
  }
  const wait = response.headers.get('Retry-After');
  const { detail, title, code = '', errors = [] } = body ?? {};
  throw new Problem(detail ?? title ?? '服务暂时不可用', {
    status: response.status, code, errors, body: body ?? {},
    details: errors.map((one) => one.detail),
    advice: response.status >= 500 || response.status === 429
      ? `其他服务不受影响${wait ? `，请 ${wait} 秒后再试` : '，请稍后再试'}。` : '',
  });
}

async function call(source, method, path, { headers = {}, body } = {}) {
  for (let attempt = 1; ; attempt++) {
    const ours = source.startsWith('/');
    const bearer = ours ? await token(source) : source;
    const used = tokens.get(source);
    const response = await reach(path, { method, body, headers: { ...headers, Authorization: `Bearer ${bearer}` } });
    if (response.status === 401 && ours && attempt === 1) {
      forget(source, used); // it was revoked, or the clock of this device is wrong
      continue;
    }
    return { data: await read(response), etag: response.headers.get('ETag') };
  }
}

/** query({ a: 1, b: null }): ?a=1, without what is empty. */
export function query(values) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '' && value !== false) {
      search.set(name, value);
    }
  }
  const text = search.toString();
  return text ? '?' + text : '';
}

/**
 * A caller. Writing calls carry an Idempotency-Key, so that one that got no answer is sent again with the same key and
 * happens once.
 */
function caller(source) {
  const write = async (method, path, { json, file, etag } = {}) => {
    const headers = { 'Idempotency-Key': key() };
    if (etag) {
      headers['If-Match'] = etag;
    }
    if (json !== undefined) {
      headers['Content-Type'] = 'application/json';
    } else if (file) {
      headers['Content-Type'] = file.type;
    }
    const request = { headers, body: json !== undefined ? JSON.stringify(json) : file };
    try {
      return await call(source, method, path, request);
    } catch (failure) {
      if (failure.code !== 'offline' && failure.code !== 'slow') {
        throw failure;
      }
      return call(source, method, path, request);
    }
  };
  return {
    /** Has a token before it is needed; if that fails, the call that needs it says so. */
    ready: () => token(source).catch(() => undefined),
    get: async (path) => (await call(source, 'GET', path)).data,
    read: (path) => call(source, 'GET', path),
    /** A question too long for an address: nothing is stored, no key is needed. */
    ask: async (path, json) => (await call(source, 'POST', path, { body: JSON.stringify(json),
      headers: { 'Content-Type': 'application/json' } })).data,
    post: (path, options) => write('POST', path, options),
    put: (path, options) => write('PUT', path, options),
  };
}

function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whoever opens the page: reads what is public. */
export const visitor = caller(VISITOR);
/** The made-up citizen of the demonstration; exists on development machines only. */
export const demoCitizen = caller(CITIZEN);
/** Somebody who brings a token of his own. */
export const bearer = (value) => caller(value);

let known;

/** Asked once, whoever needs them. */
export function settings() {
  known ??= reach('/pages/settings', {}).then(read).catch((failure) => {
    known = undefined;
    throw failure;
  });
  return known;
}
