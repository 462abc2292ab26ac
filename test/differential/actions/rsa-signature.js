// signs and verifies with RSA keys in PEM
const crypto = require('crypto');
exports.onExecutePostChallenge = async (event, api) => {
  const { PRIVATE_KEY, PUBLIC_KEY } = event.secrets;
  const signature = crypto.createSign('RSA-SHA256').update('payload').sign(PRIVATE_KEY, 'base64url');
  console.log(signature, crypto.createVerify('RSA-SHA256').update('payload').verify(PUBLIC_KEY, signature, 'base64url'));
  console.log(crypto.verify('sha256', Buffer.from('other'), PUBLIC_KEY, Buffer.from(signature, 'base64url')));
  const key = crypto.createPublicKey(PUBLIC_KEY);
  console.log(key.type, key.asymmetricKeyType, key.asymmetricKeyDetails, Object.keys(key.export({ format: 'jwk' })));
  try { crypto.createPrivateKey('no key'); } catch (error) { console.log(error.code, error.name); }
};
