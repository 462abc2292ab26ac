/** Asks by Node's own clients. */
exports.onExecutePostChallenge = async (event) => {
  const client = require(`node:${event.secrets.SCHEME}`)
  const url = `${event.secrets.SCHEME}://flags.example.com/all`
  await new Promise((resolve, reject) => {
    const request = client.request(url, { method: 'POST' }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve(console.log(response.statusCode, text)))
    })
    request.on('error', reject)
    request.end('asked')
  })
}
