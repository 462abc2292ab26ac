// @sendgrid/mail
const mail = require('@sendgrid/mail')

const connect = ({ ORIGIN, API_KEY }) => {
  mail.setApiKey(`SG.${API_KEY}`)
  mail.client.setDefaultRequest('baseUrl', `${ORIGIN}/`)
}

const operations = {
  async 'sends a mail'(secrets) {
    connect(secrets)
    const [response] = await mail.send({
      to: 'ada@acme.example',
      from: { email: 'me@acme.example', name: 'Me' },
      subject: 'ü',
      text: 'plain',
      html: '<b>x</b>',
    })
    return [response.statusCode, response.body]
  },
  async 'throws a ResponseError'(secrets) {
    connect(secrets)
    const error = await mail
      .send({ to: 'refuse@acme.example', from: 'me@acme.example', subject: 's', text: 't' })
      .catch((thrown) => thrown)
    return [error.constructor.name, error.code, error.message, error.response.body]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
