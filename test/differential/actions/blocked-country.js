// denies by country, with the country's name in two languages
exports.onExecutePostChallenge = async (event, api) => {
  const code = event.request.geoip?.countryCode;
  const blocked = event.user.app_metadata.blocked_countries;
  const name = locale => new Intl.DisplayNames([locale], { type: 'region' }).of(code);
  console.log(name('en'), name('de'), blocked.includes(code));
  if (!blocked.includes(code)) api.access.deny(`Not from ${name(event.transaction.locale)}`);
};
