// keeps its client in a class at the top level of the module
class RiskClient {
  #key;
  static defaults = Object.freeze({ path: '/json' });
  constructor(origin, key) { this.origin = origin; this.#key = key; }
  async score(user) {
    const url = new URL(RiskClient.defaults.path, this.origin);
    url.searchParams.append('u', user);
    const res = await fetch(url, { headers: { 'x-key': this.#key } });
    return (await res.json()).score;
  }
  static { this.made = 'static block'; }
}
exports.onExecutePostChallenge = async ({ secrets, user }, api) => {
  const client = new RiskClient(secrets.ORIGIN, secrets.API_KEY);
  console.log(RiskClient.made, await client.score(user.user_id), client);
};
