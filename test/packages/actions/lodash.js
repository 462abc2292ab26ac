// lodash
const _ = require('lodash')

const operations = {
  async 'works on collections'() {
    const users = [
      { n: 'a', g: 1, t: ['x'] },
      { n: 'b', g: 2, t: ['x', 'y'] },
      { n: 'c', g: 1, t: [] },
    ]
    return [
      _.groupBy(users, 'g'),
      _(users).map('n').reverse().value(),
      _.uniq(_.flatMap(users, 't')),
      _.get(users, '[1].t[1]'),
      _.orderBy(users, ['g', 'n'], ['asc', 'desc']).length,
    ]
  },
  async 'clones, merges and compares'() {
    const one = { a: [1, { b: 2 }], d: new Date(0), m: new Map([[1, 2]]), r: /x/g, buffer: Buffer.from('b') }
    const copy = _.cloneDeep(one)
    return [
      copy,
      _.isEqual(one, copy),
      _.merge({}, one, { a: [{ c: 3 }] }),
      _.omit(one, ['m', 'r']),
      _.isBuffer(copy.buffer),
      _.isPlainObject(Object.create(null)),
    ]
  },
  async 'makes templates and cases, and waits'() {
    const called = []
    await new Promise((done) => _.debounce(() => (called.push('late'), done()), 5)())
    return [
      _.template('<%- name %>: <%= n %>')({ name: '<b>', n: 1 }),
      _.camelCase('foo bar-baz'),
      _.startCase('fooBar'),
      _.deburr('déjà'),
      called,
      _.sum([1, 2]),
      _.chunk([1, 2, 3], 2),
    ]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
