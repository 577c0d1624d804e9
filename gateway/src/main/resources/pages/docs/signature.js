// Whether a delivery comes from the platform (Standard Webhooks). The tester uses it, and the guide shows it.

// [signature]
const MOST_SECONDS = 300;
const bytes = (base64) => Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));

/**
 * Node.js 20 和浏览器都有 crypto.subtle，不需要别的库。
 * secret 是订阅的签名密钥；id、timestamp、signature 是请求头 webhook-id、webhook-timestamp、webhook-signature；
 * body 是收到的原始请求体。返回 '' 表示相符，否则是不能接受的原因。
 */
export async function refusal(secret, { id, timestamp, signature }, body, now = Date.now()) {
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= MOST_SECONDS)) {
    return '时间相差五分钟以上：可能是别人录下来重放的';
  }
  const key = await crypto.subtle.importKey('raw', bytes(secret.replace(/^whsec_/, '')),
    { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const each of signature.split(' ')) { // 更换密钥时有新旧两个
    if (each.startsWith('v1,') && await crypto.subtle.verify('HMAC', key, bytes(each.slice(3)), signed)) {
      return '';
    }
  }
  return '签名不符：密钥不对，或请求体与收到的不是逐字相同';
}
// [/signature]
