// sends with http.request and collects the answer by events
const http = require('http');
const request = (url, options, body) => new Promise((resolve, reject) => {
  const req = http.request(url, options, res => {
    let data = '';
    res.setEncoding('utf8');
    res.on('data', chunk => { data += chunk; });
    res.on('end', () => resolve({ status: res.statusCode, message: res.statusMessage, type: res.headers['content-type'], cookies: res.headers['set-cookie'], data }));
  });
  req.on('error', reject);
  if (body) req.write(body);
  req.end();
});
exports.onExecutePostChallenge = async (event, api) => {
  const { ORIGIN } = event.secrets;
  console.log(await request(`${ORIGIN}/echo?q=1`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Api-Key': 'k' } }, '{"a":1}'));
  console.log(await request(`${ORIGIN}/cookies`, {}), await request(`${ORIGIN}/redirect`, {}), await request(`${ORIGIN}/status?code=404`, { method: 'HEAD' }));
  const refused = await request('http://127.0.0.1:49', {}).catch(e => [e.name, e.code, e.syscall, e.message]);
  console.log(refused);
  await new Promise(done => {
    const req = http.get(`${ORIGIN}/slow`, { timeout: 150 }, () => {});
    req.on('timeout', () => { console.log('timeout event'); req.destroy(new Error('gave up')); });
    req.on('error', e => { console.log(e.message, req.destroyed); done(); });
  });
  console.log(http.STATUS_CODES[418], http.METHODS.includes('PATCH'), typeof http.Agent, http.globalAgent instanceof http.Agent);
};
