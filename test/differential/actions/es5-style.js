// is written in the style of long ago
var self = this;
module.exports.onExecutePostChallenge = async function (event, api) {
  var that = this, names = [], key;
  for (key in event.user) { if (event.user.hasOwnProperty(key)) names.push(key); }
  names.sort(function (a, b) { return a.localeCompare(b); });
  console.log(names.join(','), typeof that, typeof self, 'use' + String(null) + (void 0));
  switch (event.connection.strategy) {
    case 'auth0': console.log('database'); // falls through
    case 'ad': console.log('and through'); break;
    default: api.access.deny('strategy');
  }
  do { names.pop(); } while (names.length > 3);
  console.log(names.length, (function () { return typeof this; }).call(5), [10, 9, 1].sort(), ('' + [1, [2, 3]]));
};
