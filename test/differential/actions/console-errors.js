// shows errors with causes, codes and extra properties
class QuotaError extends Error {
  constructor(message, options) { super(message, options); this.name = 'QuotaError'; this.quota = 3; }
}
exports.onExecutePostChallenge = async (event, api) => {
  console.error(new Error('plain'));
  console.error(new QuotaError('too many', { cause: new TypeError('inner') }));
  console.error('failed:', new RangeError('range').message, String(new QuotaError('text')));
  console.log({ error: new SyntaxError('nested'), list: [new Error('in list')] });
  console.log(new AggregateError([new Error('one'), new Error('two')], 'several'));
  try { null.x; } catch (e) { console.log(e.message, e.constructor.name); }
  try { undefinedName; } catch (e) { console.log(e.name, e.message); }
  try { JSON.parse('{bad'); } catch (e) { console.log(e.message); }
  try { [].reduce((a) => a); } catch (e) { console.log(e.message); }
};
