// How figures, dates and distances are said.

/** 735 fen: 7.35 元; 500000 fen: 5,000 元. */
export function yuan(fen) {
  const whole = fen % 100 === 0;
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: 2 }) + ' 元';
}

export function date(text) {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

export function shortDate(text) {
  const [, month, day] = text.slice(0, 10).split('-').map(Number);
  return `${month}月${day}日`;
}

export function month(text) {
  const [year, number] = text.split('-').map(Number);
  return `${year}年${number}月`;
}

export function distance(metres) {
  return metres < 950 ? `${Math.max(10, Math.round(metres / 10) * 10)} 米` : `${(metres / 1000).toFixed(1)} 公里`;
}

export function days(low, high) {
  const unit = high > 90 ? [30, '个月'] : [1, '天'];
  const from = Math.max(0, Math.floor(low / unit[0]));
  const to = Math.ceil(high / unit[0]);
  return from === to ? `约 ${to} ${unit[1]}` : `${from} 至 ${to} ${unit[1]}`;
}
