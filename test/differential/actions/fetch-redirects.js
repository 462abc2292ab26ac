// follows a redirect, and leaves one where it is asked to
exports.onExecutePostChallenge = async (event, api) => {
  const followed = await fetch(event.secrets.ORIGIN + '/redirect');
  console.log(followed.redirected, new URL(followed.url).pathname, followed.status);
  await followed.json();
  await fetch(event.secrets.ORIGIN + '/redirect', { redirect: 'error' }).catch(e => console.log(e.name, e.message));
};
