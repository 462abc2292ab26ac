// turns text into bytes and back in all encodings
exports.onExecutePostChallenge = async (event, api) => {
  const text = event.user.user_metadata.nickname + ' ß';
  for (const encoding of ['utf8', 'hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf16le', 'binary']) {
    console.log(encoding, Buffer.from(text).toString(encoding), Buffer.from(Buffer.from(text).toString(encoding), encoding).equals(Buffer.from(text)));
  }
  console.log(Buffer.byteLength(text), Buffer.concat([Buffer.from('a'), Buffer.from([98])]), Buffer.alloc(3, 'ab'), Buffer.compare(Buffer.from('a'), Buffer.from('b')));
  console.log(Buffer.from('dGVzdA').toString(), Buffer.from('not hex', 'hex'), Buffer.from([256, -1, 1.5]), JSON.stringify(Buffer.from('hi')));
  const buffer = Buffer.from('0123456789');
  console.log(buffer.subarray(2, 4).toString(), buffer.indexOf('5'), buffer.includes('89'), buffer.readUInt16BE(0), buffer.slice(-2) + '', buffer.at(-1));
  console.log(btoa('ok'), atob('b2s='), Buffer.isBuffer(new Uint8Array(1)), Buffer.from('x') instanceof Uint8Array);
  try { btoa('ü'); } catch (error) { console.log(error.name, error.message, error.code); }
  try { Buffer.from(5); } catch (error) { console.log(error.name, error.code, error.message); }
};
