// goes on where an optional file is not there
const fs = require('fs');
exports.onExecutePostChallenge = async (event, api) => {
  console.log(fs.existsSync('/no/such/file'));
  try { fs.readFileSync('/no/such/file.json', 'utf8'); } catch (e) { console.log(e.code, e.syscall, e.path, e.errno, e.message); }
  await fs.promises.readFile('/no/such').catch(e => console.log(e.code, e.message));
  await new Promise(done => fs.stat('/no/such', (e, s) => { console.log(e.code, s); done(); }));
  console.log(require('net').isIP('::1'), require('net').isIPv4('1.2.3'), require('node:net').isIP(event.request.ip));
};
