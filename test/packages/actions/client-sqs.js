// @aws-sdk/client-sqs
const { SQSClient, SendMessageCommand, ReceiveMessageCommand, QueueDoesNotExist } = require('@aws-sdk/client-sqs')

const connect = ({ ORIGIN }) =>
  new SQSClient({
    region: 'eu-central-1',
    endpoint: ORIGIN,
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    maxAttempts: 2,
  })

const operations = {
  async 'sends a signed message'(secrets) {
    const { MessageId, MD5OfMessageBody, $metadata } = await connect(secrets).send(
      new SendMessageCommand({
        QueueUrl: `${secrets.ORIGIN}/1/queue`,
        MessageBody: 'reset ü',
        MessageAttributes: { user: { DataType: 'String', StringValue: 'ada' } },
      }),
    )
    return [MessageId, MD5OfMessageBody, $metadata.httpStatusCode, $metadata.requestId]
  },
  async 'throws its own class of error'(secrets) {
    const error = await connect(secrets)
      .send(new ReceiveMessageCommand({ QueueUrl: `${secrets.ORIGIN}/1/none` }))
      .catch((thrown) => thrown)
    return [error.name, error.message, error instanceof QueueDoesNotExist, error.$metadata.httpStatusCode, error.$fault]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
