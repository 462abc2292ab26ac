// reads an environment that is empty, and can be written to
exports.onExecutePostChallenge = async (event, api) => {
  console.log(process.env.NODE_ENV, process.env.HOME, Object.keys(process.env), 'PATH' in process.env);
  process.env.MINE = 5;
  console.log(process.env.MINE, typeof process.env.MINE, delete process.env.MINE, process.env.MINE);
  console.log(typeof process.version, process.version[0], typeof process.versions.node, process.platform, Object.prototype.toString.call(process), typeof process.cwd(), Array.isArray(process.argv), typeof process.pid);
  console.log(typeof process.hrtime.bigint(), process.hrtime().length, process.uptime() >= 0, typeof window, typeof global, global === globalThis);
};
