// encodes and decodes text
exports.onExecutePostChallenge = async (event, api) => {
  const bytes = new TextEncoder().encode('zoë 🦉');
  console.log(bytes, new TextDecoder().decode(bytes), new TextDecoder('utf-8').encoding, new TextEncoder().encodeInto('héllo', new Uint8Array(3)));
  try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])); } catch (e) { console.log(e.name, e.code, e.message); }
  console.log(new TextDecoder('utf-16le').decode(new Uint8Array([104, 0, 105, 0])), new TextDecoder('latin1').decode(new Uint8Array([0xfc])));
  const d = new TextDecoder(); console.log(d.decode(bytes.slice(0, 5), { stream: true }) + d.decode(bytes.slice(5)));
};
