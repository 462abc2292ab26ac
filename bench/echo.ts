/** Sends back every line it gets on file descriptor 3. */
import { Socket } from 'node:net'
import { openLineChannel } from '../runtime/src/process/line-channel.ts'

const socket = new Socket({ fd: 3 })
const channel = openLineChannel(socket, {
  maximumLength: 1_000_000,
  received: (message) => channel.send(message as object),
  broken: () => process.exit(1),
})
socket.on('end', () => process.exit(0))
