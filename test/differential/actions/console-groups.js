// indents groups, counts, asserts, and draws tables
exports.onExecutePostChallenge = async (event, api) => {
  console.group('outer %s', 1);
  console.log('two\nlines');
  console.group();
  console.warn({ deep: { er: { still: { more: 1 } } } });
  console.groupEnd();
  console.groupEnd();
  console.log('back');
  console.count(); console.count('x'); console.count(); console.countReset(); console.count();
  console.assert(true, 'not shown'); console.assert(false, 'shown %s', 1); console.assert(false); console.assert(0, { a: 1 });
  console.dir({ a: { b: { c: { d: {} } } } }, { depth: 0 }); console.dirxml({ a: 1 }, [2]);
  console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table([[1, 2], [3]]); console.table(5); console.table(new Map([['k', 'v']]));
  console.table([{ a: 1, b: 2 }], ['b']); console.time('t'); console.timeLog('t'); console.timeEnd('t');
};
