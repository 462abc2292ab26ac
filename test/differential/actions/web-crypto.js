// uses the global WebCrypto for a digest and an HMAC
exports.onExecutePostChallenge = async (event, api) => {
  const bytes = new TextEncoder().encode(event.user.email);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  console.log(digest, Buffer.from(digest).toString('hex'));
  const key = await crypto.subtle.importKey('raw', Buffer.from('secret'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const signature = await crypto.subtle.sign('HMAC', key, bytes);
  console.log(key.type, key.extractable, key.usages, key.algorithm);
  console.log([...new Uint8Array(signature)].map(b => b.toString(16).padStart(2, '0')).join(''));
  console.log(await crypto.subtle.verify('HMAC', key, signature, bytes), await crypto.subtle.verify('HMAC', key, signature, Buffer.from('x')));
  await crypto.subtle.exportKey('raw', key).catch(error => console.log(error.name, error.message));
};
