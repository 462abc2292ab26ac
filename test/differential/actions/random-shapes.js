// draws random values of the right shape
const { randomBytes, randomUUID, randomInt } = require('crypto');
exports.onExecutePostChallenge = async (event, api) => {
  console.log(randomBytes(16).toString('hex').length, /^[0-9a-f-]{36}$/.test(randomUUID()), crypto.randomUUID()[14]);
  const n = randomInt(10, 20);
  console.log(n >= 10 && n < 20, crypto.getRandomValues(new Uint8Array(8)).length, randomUUID() === randomUUID());
  const bytes = await new Promise((resolve, reject) => randomBytes(4, (e, b) => (e ? reject(e) : resolve(b))));
  console.log(Buffer.isBuffer(bytes), bytes.length, typeof Math.random());
};
