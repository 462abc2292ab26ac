// is an ES module with named imports of builtins
import { createHmac } from 'node:crypto';
import util, { format } from 'util';
const prefix = 'esm';
export const onExecutePostChallenge = async (event, api) => {
  console.log(format('%s:%s', prefix, createHmac('sha256', 'k').update(event.user.email).digest('hex')), util.format === format);
  api.redirect.sendUserTo('https://a.example/', { query: { from: 'esm' } });
};
export async function onContinuePostChallenge(event, api) {
  console.log(api.redirect.validateToken({ secret: event.secrets.SIGNING_SECRET }).approved);
}
