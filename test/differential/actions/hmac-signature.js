// signs a webhook with HMAC and sends the signature
const crypto = require('crypto');
exports.onExecutePostChallenge = async (event, api) => {
  const body = JSON.stringify({ user: event.user.user_id, at: event.user.updated_at });
  const signature = crypto.createHmac('sha256', event.secrets.API_KEY).update(body, 'utf8').digest('hex');
  console.log(signature, crypto.createHmac('sha1', 'k').update('a').update(Buffer.from('b')).digest('base64'));
  await fetch(event.secrets.ORIGIN + '/echo', { method: 'POST', headers: { 'X-Signature': `sha256=${signature}` }, body });
  const given = Buffer.from(signature, 'hex');
  console.log(crypto.timingSafeEqual(given, crypto.createHmac('sha256', event.secrets.API_KEY).update(body).digest()));
};
