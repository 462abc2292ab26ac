// tells errors apart by status in a .then chain
exports.onExecutePostChallenge = async (event, api) => {
  const get = code =>
    fetch(`${event.secrets.ORIGIN}/status?code=${code}`)
      .then(res => {
        if (!res.ok) return res.json().then(body => Promise.reject(Object.assign(new Error(body.error), { status: res.status, text: res.statusText })));
        return res.json();
      })
      .then(body => console.log('fine', body))
      .catch(err => console.log('failed', err.status, err.text, err.message))
      .finally(() => console.log('done', code));
  return get(200).then(() => get(404)).then(() => get(429)).then(() => get(500));
};
