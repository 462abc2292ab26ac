// uuid
const { v1, v4, v5, v7, validate, version, parse, stringify, NIL } = require('uuid')

const operations = {
  async 'makes and reads identifiers'() {
    const name = v5('ada@acme.example', v5.URL)
    return [
      name,
      validate(v4()),
      version(v7()),
      version(v1()),
      v4() === v4(),
      stringify(parse(name)),
      validate('x'),
      NIL,
    ]
  },
  async 'throws for what is none'() {
    try {
      return parse('nope')
    } catch (error) {
      return [error.name, error.message]
    }
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
