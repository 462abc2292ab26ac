// builds texts with template strings, tags and regular expressions
const html = (strings, ...values) => strings.raw.map((s, i) => s + (i < values.length ? String(values[i]).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`) : '')).join('');
exports.onExecutePostChallenge = async (event, api) => {
  console.log(html`<p title="${'"quoted"'}">${event.user.name} & ${'<b>'}</p>\n`);
  const { groups } = /(?<local>[^@]+)@(?<domain>.+)/u.exec(event.user.email);
  console.log({ ...groups }, groups, 'camelCaseText'.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`), [...'a1b22'.matchAll(/\d+/g)].map(m => [m[0], m.index]));
  console.log('ä'.normalize('NFD').length, 'abc'.padEnd(5, '*') + '|', 'x,y,,z'.split(','), encodeURIComponent('a b&c=ü/?'), decodeURIComponent('%C3%BC'), escape('ü'), 'ß'.toUpperCase(), 'a😀'.at(-1), 'a😀'.codePointAt(1));
  console.log(String.raw`\n${1}`, `multi
line`, 'tab\there', JSON.stringify({ u: undefined, d: new Date(0), n: NaN, s: 'ü\u2028' }, null, 2));
};
