// requires builtins inside the handler, with and without the scheme
exports.onExecutePostChallenge = async (event, api) => {
  if (event.user.email) {
    const { URL: NodeURL } = require('url');
    console.log(NodeURL === URL, require('node:util') === require('util'), require('path').join('a', '..', 'b'));
  }
};
