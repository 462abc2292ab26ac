// @slack/webhook
const { IncomingWebhook } = require('@slack/webhook')

const operations = {
  async 'sends a message'({ ORIGIN }) {
    const webhook = new IncomingWebhook(`${ORIGIN}/slack`, { username: 'bot' })
    return webhook.send({ text: 'reset: ü', blocks: [{ type: 'divider' }] })
  },
  async 'throws an HTTP error'({ ORIGIN }) {
    const error = await new IncomingWebhook(`${ORIGIN}/status?code=404`).send('x').catch((thrown) => thrown)
    return [error.name, error.code, error.message]
  },
  async 'throws a request error where nobody listens'({ NOBODY }) {
    const error = await new IncomingWebhook(NOBODY).send('x').catch((thrown) => thrown)
    return [error.name, error.code, error.message.replace(/:\d+/, '')]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
