// runs as sloppy code: implicit globals, this, arguments, with
exports.onExecutePostChallenge = async function (event, api) {
  implicit = 'global';
  function which() { return typeof this; }
  var o = { x: 1 };
  with (o) { x = 010; }
  console.log(implicit, which(), o.x, arguments.length, typeof arguments.callee, delete globalThis.implicit);
};
