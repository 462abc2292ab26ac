// @xmldom/xmldom xpath
const { DOMParser, XMLSerializer } = require('@xmldom/xmldom')
const xpath = require('xpath')

const operations = {
  async 'parses XML and asks by XPath'() {
    const document = new DOMParser().parseFromString(
      '<r xmlns:s="urn:s"><s:u id="1">ä &amp; b</s:u><s:u id="2"/></r>',
      'text/xml',
    )
    const select = xpath.useNamespaces({ s: 'urn:s' })
    const found = select('//s:u[@id="1"]', document)
    found[0].setAttribute('seen', '<yes>')
    return [
      found[0].textContent,
      select('count(//s:u)', document),
      select('string(//@id)', document),
      new XMLSerializer().serializeToString(document),
    ]
  },
  async 'throws for what is no XML'() {
    try {
      return new DOMParser().parseFromString('<a><b></a>', 'text/xml').toString()
    } catch (error) {
      return [error.name, error.message]
    }
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
