// refuses a module without the handler
exports.onExecutePostLogin = async () => {};
