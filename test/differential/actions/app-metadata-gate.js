// reads app_metadata with optional chaining and defaults
exports.onExecutePostChallenge = async (event, api) => {
  const { app_metadata = {}, user_metadata: meta } = event.user;
  const level = app_metadata?.level ?? 0;
  const groups = event.user.groups || [];
  console.log({ level, groups, missing: event.user.nothing?.here?.at?.all, flag: app_metadata.flag ?? 'unset' });
  if (level > 5 && !groups.includes('trusted')) {
    api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'push' }]);
  }
  console.info(`nickname: ${meta.nickname}, length ${meta.nickname.length}, points ${[...meta.nickname].length}`);
};
