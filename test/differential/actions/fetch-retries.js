// retries while the service is unavailable, with growing pauses
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
async function withRetries(work, { attempts = 4, delay = 5 } = {}) {
  let last;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      last = error;
      console.warn(`attempt ${attempt} failed: ${error.message}`);
      await sleep(delay * 2 ** attempt);
    }
  }
  throw last;
}
exports.onExecutePostChallenge = async (event, api) => {
  const body = await withRetries(async attempt => {
    const response = await fetch(`${event.secrets.ORIGIN}/flaky`);
    if (response.status === 503) throw new Error(`503 at ${attempt}: ${await response.text()}`);
    return response.json();
  });
  console.log('in the end', body);
};
