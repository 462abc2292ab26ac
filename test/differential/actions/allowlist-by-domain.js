// denies who is not on an allowlist of mail domains
const allowed = ['acme.example', 'partner.example'];

exports.onExecutePostChallenge = async (event, api) => {
  const domain = event.user.email.split('@').pop().toLowerCase();
  console.log('domain %s allowed: %s', domain, allowed.includes(domain));
  if (allowed.indexOf(domain) === -1) {
    return api.access.deny('not_allowed', 'Your domain is not allowed.');
  }
};
