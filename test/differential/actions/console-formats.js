// prints every console format as Node does
exports.onExecutePostChallenge = async (event, api) => {
  console.log('%s %d %i %f %j %o %O %c %%', 'text', '42.5', 42.9, '1.5', { a: [1] }, { b: 1 }, { c: { d: { e: { f: 1 } } } }, 'css', 'rest', { more: true });
  console.log('%s', null, undefined, 5n, Symbol('s'), () => {}, class A {}, -0, [1, [2, [3, [4]]]]);
  console.log('100%', 'no %x format', '%s');
  console.log('%s %s', new Error('in a format').message, { toString() { return 'own text'; } }, new Date(0));
  console.log();
  console.log('');
  console.log(['a\nb', 'it\'s', "say \"x\"", `both ' and "`]);
  console.debug('debug'); console.info('info'); console.warn('warn %s', 1); console.error('error', { a: 1 });
};
