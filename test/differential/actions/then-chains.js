// works through promises by .then alone
exports.onExecutePostChallenge = async (event, api) =>
  Promise.resolve(event.user)
    .then(user => Promise.all([user.email, Promise.resolve(user.name), new Promise(r => setImmediate(r, 'later'))]))
    .then(values => { console.log(values); throw new Error('on purpose'); })
    .catch(error => { console.log('caught', error.message); return 'recovered'; })
    .then(value => Promise.race([new Promise(r => setTimeout(r, 50, 'slow')), Promise.resolve(value)]))
    .then(console.log);
