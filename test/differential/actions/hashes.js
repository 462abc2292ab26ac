// makes hashes in every encoding
const { createHash, getHashes } = require('node:crypto');
exports.onExecutePostChallenge = async (event, api) => {
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512'])
    for (const encoding of ['hex', 'base64', 'base64url'])
      console.log(algorithm, encoding, createHash(algorithm).update(event.user.email.trim().toLowerCase()).digest(encoding));
  console.log(createHash('sha256').update('').digest().length, getHashes().includes('sha256'));
  const copy = createHash('sha256').update('a');
  console.log(copy.copy().update('b').digest('hex') === createHash('sha256').update('ab').digest('hex'));
  try { createHash('nope'); } catch (e) { console.log(e.code, e.message); }
};
