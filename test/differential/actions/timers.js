// orders timers, microtasks, immediates and ticks
exports.onExecutePostChallenge = async (event, api) => {
  const order = [];
  const note = text => () => order.push(text);
  await new Promise(done => {
    setTimeout(note('timeout 30'), 30);
    setTimeout(note('timeout 5'), 5);
    queueMicrotask(note('microtask'));
    Promise.resolve().then(note('then'));
    const never = setTimeout(note('never'), 5);
    clearTimeout(never);
    setTimeout((a, b) => { order.push(a + b); done(); }, 90, 'args ', 'passed');
    note('sync')();
  });
  let n = 0;
  await new Promise(done => { const i = setInterval(() => { if (++n === 3) { clearInterval(i); done(); } }, 2); });
  console.log(order, n);
  const timeout = setTimeout(() => {}, 1000);
  console.log(typeof timeout.ref, timeout.hasRef(), timeout.unref() === timeout, timeout.hasRef(), typeof timeout[Symbol.toPrimitive]());
  clearTimeout(timeout);
  clearTimeout(undefined); clearInterval(null);
};
