// xml2js
const { parseStringPromise, Builder, parseString } = require('xml2js')

const operations = {
  async 'parses and builds XML'() {
    const parsed = await parseStringPromise('<a x="1"><b>t&amp;ü</b><b/><c><![CDATA[<raw>]]></c></a>', {
      explicitArray: false,
    })
    return [parsed, new Builder({ headless: true }).buildObject({ root: { $: { id: 1 }, item: ['a', 'b<'] } })]
  },
  async 'calls back with an error'() {
    return new Promise((resolve) => parseString('<a><b></a>', (error, result) => resolve([error?.message, result])))
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
