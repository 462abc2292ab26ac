// aborts with a controller, and sees the abort in its listener
exports.onExecutePostChallenge = async (event, api) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 150);
  controller.signal.addEventListener('abort', () => console.log('aborted', controller.signal.aborted));
  try {
    await fetch(`${event.secrets.ORIGIN}/slow`, { signal: controller.signal });
  } catch (e) {
    console.log(e.name, '|', e.message, '|', controller.signal.reason === e, String(e));
  } finally {
    clearTimeout(timer);
  }
};
