// derives a key and seals a text with AES-GCM
const { scryptSync, pbkdf2Sync, hkdfSync, createCipheriv, createDecipheriv } = require('crypto');
exports.onExecutePostChallenge = async (event, api) => {
  const key = scryptSync('password', 'salt', 32, { N: 1024 });
  console.log(key.toString('hex'), pbkdf2Sync('p', 's', 1000, 16, 'sha512').toString('base64'));
  console.log(Buffer.from(hkdfSync('sha256', 'key', 'salt', 'info', 20)).toString('hex'));
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  cipher.setAAD(Buffer.from('meta'));
  const sealed = cipher.update('secret text', 'utf8', 'hex') + cipher.final('hex');
  const tag = cipher.getAuthTag();
  console.log(sealed, tag);
  const open = t => {
    const d = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(Buffer.from('meta')).setAuthTag(t);
    return d.update(sealed, 'hex', 'utf8') + d.final('utf8');
  };
  console.log(open(tag));
  try { open(Buffer.alloc(16)); } catch (error) { console.log(error.message); }
};
