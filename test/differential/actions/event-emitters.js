// listens to events once, always, and as a promise
const { EventEmitter, once } = require('events');
class Bus extends EventEmitter { constructor() { super(); this.name = 'bus'; } }
exports.onExecutePostChallenge = async (event, api) => {
  const bus = new Bus();
  bus.on('a', (...args) => console.log('on', args)).once('a', v => console.log('once', v)).prependListener('a', () => console.log('first'));
  console.log(bus.emit('a', 1, 2), bus.emit('a', 3), bus.emit('none'), bus.listenerCount('a'), bus.eventNames());
  setTimeout(() => bus.emit('ready', { ok: true }), 1);
  console.log(await once(bus, 'ready'));
  try { bus.emit('error', new Error('nobody listens')); } catch (e) { console.log(e.message); }
  try { bus.emit('error', { plain: 1 }); } catch (e) { console.log(e.code, e.message); }
  const target = new EventTarget();
  target.addEventListener('x', e => console.log(e.type, e instanceof Event, e.detail), { once: true });
  target.dispatchEvent(new CustomEvent('x', { detail: 5 })); target.dispatchEvent(new Event('x'));
  bus.removeAllListeners(); console.log(bus.listenerCount('a'));
};
