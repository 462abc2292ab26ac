// changes its own copy of the event and nothing else
exports.onExecutePostChallenge = async (event, api) => {
  event.user.app_metadata.level = 'changed';
  delete event.user.email;
  event.extra = { added: true };
  event.request.query.list = [1];
  Object.assign(event.user, { name: 'other' });
  console.log(event.user.app_metadata, event.user.email, event.extra, event.request.query, 'secrets' in event, Object.isFrozen(event));
  api.redirect.sendUserTo('https://a.example/');
};
exports.onContinuePostChallenge = async (event, api) => {
  console.log(event.user.app_metadata, event.user.email, event.extra, event.request.query.list);
};
