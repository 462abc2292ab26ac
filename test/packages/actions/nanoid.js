// nanoid
const { nanoid, customAlphabet } = require('nanoid')

const operations = {
  async 'draws names'() {
    return [nanoid().length, nanoid(5).length, nanoid() === nanoid(), /^[ab]{8}$/.test(customAlphabet('ab', 8)())]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
