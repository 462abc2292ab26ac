// twilio
const twilio = require('twilio')

/** The tests' server speaks HTTP. */
const connect = ({ ORIGIN, API_KEY }) => {
  class Local extends twilio.RequestClient {
    request(options) {
      return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', ORIGIN) })
    }
  }
  return twilio('AC00000000000000000000000000000000', API_KEY, { httpClient: new Local() })
}

const operations = {
  async 'sends a message'(secrets) {
    const message = await connect(secrets).messages.create({
      body: 'Code: 123 ü',
      from: '+15005550006',
      to: '+436601234567',
    })
    return [message.sid, message.status, message.dateCreated, message.body]
  },
  async 'throws a RestException'(secrets) {
    const error = await connect({ ...secrets, API_KEY: 'wrong' })
      .messages.create({ body: 'refuse', from: '+1', to: '+2' })
      .catch((thrown) => thrown)
    return [error.name, error.status, error.code, error.message, error.moreInfo]
  },
  async 'validates the signature of a webhook'({ API_KEY }) {
    return [
      twilio.validateRequest(API_KEY, 'x', 'https://a.example/', { a: '1' }),
      new twilio.twiml.VoiceResponse().say('Hi & bye').toString(),
    ]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
