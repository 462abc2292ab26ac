// formats dates, numbers and lists with Intl and toLocale methods
exports.onExecutePostChallenge = async (event, api) => {
  const last = new Date(event.user.last_password_reset);
  for (const locale of ['en-US', 'de-AT', 'fr-FR', 'ja-JP', 'ar-EG'])
    console.log(last.toLocaleDateString(locale, { timeZone: 'Europe/Vienna', dateStyle: 'full' }), last.toLocaleTimeString(locale, { timeZone: 'UTC' }), (1234567.891).toLocaleString(locale));
  console.log(last.toISOString(), last.toJSON(), last.getTime(), last.toUTCString(), last.toString(), last.getTimezoneOffset());
  console.log(new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }).format(1234.5), new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day'));
  console.log(new Intl.ListFormat('de').format(event.user.app_metadata.tags), new Intl.PluralRules('en', { type: 'ordinal' }).select(2), ['z', 'ä', 'a'].sort(new Intl.Collator('de').compare));
  console.log(Intl.DateTimeFormat().resolvedOptions().timeZone, Intl.DateTimeFormat().resolvedOptions().locale, 'İ'.toLocaleLowerCase('tr'), [...new Intl.Segmenter('en', { granularity: 'word' }).segment('Hi there')].length);
  const days = Math.floor((Date.parse('2026-01-01') - last) / 864e5);
  console.log(days, new Date(2024, 1, 29).getMonth(), new Date('2024-02-29T23:30:00Z').toLocaleString(), new Date(Date.UTC(2020, 0)).valueOf());
};
