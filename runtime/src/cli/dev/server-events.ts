/** Server-sent events as this server writes them: each has its data on one line. */
export interface ServerEvent {
  /** `message` where it has no name. */
  name: string
  data: string
}

export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let rest = ''
  let name = 'message'
  for await (const text of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') name = 'message'
      if (line.startsWith('event: ')) name = line.slice('event: '.length)
      if (line.startsWith('data: ')) yield { name, data: line.slice('data: '.length) }
    }
  }
}
