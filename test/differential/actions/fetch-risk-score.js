// asks a risk service with fetch and decides by its score
exports.onExecutePostChallenge = async (event, api) => {
  const response = await fetch(`${event.secrets.ORIGIN}/json?user=${encodeURIComponent(event.user.user_id)}`, {
    headers: { Authorization: `Bearer ${event.secrets.API_KEY}`, 'X-Request': 'ü'.normalize('NFD').length.toString() },
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { score, reasons, nested } = await response.json();
  console.log('risk', score, reasons, nested);
  if (score > Number(event.configuration.THRESHOLD)) api.access.deny(`Risk ${score.toFixed(1)}: ${reasons.join(', ')}`);
};
