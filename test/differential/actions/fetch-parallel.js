// asks three services at once and takes what settled
exports.onExecutePostChallenge = async (event, api) => {
  const urls = ['/json', '/text', '/status?code=502'].map(path => event.secrets.ORIGIN + path);
  const settled = await Promise.allSettled(urls.map(async url => {
    const response = await fetch(url);
    if (!response.ok) throw new RangeError(`${response.status} of ${url.slice(-8)}`);
    return (await response.text()).length;
  }));
  console.log(settled.map(({ status, value, reason }) => [status, value, reason?.message]));
  const first = await Promise.any(urls.slice(0, 1).map(url => fetch(url)));
  console.log(first.status);
};
