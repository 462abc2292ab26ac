/** What `Request` and `Response` share: a body that is read once. Whole from the start; there are no streams. */
import { parseJson, slice, startsWith, TypeErrorClass } from '../primordials.ts'
import { bytesOf, type Content, textOf } from './body-source.ts'

const byteOrderMark = '\ufeff'

/** The body of a request or response, unread. */
export let contentOf: (body: Body) => Content | undefined

export class Body {
  readonly #content: Content | undefined
  #isUsed = false

  static {
    contentOf = (body) => body.#content
  }

  constructor(content: Content | undefined) {
    this.#content = content
  }

  get bodyUsed(): boolean {
    return this.#isUsed
  }

  #take(): Content {
    if (this.#isUsed) throw new TypeErrorClass('Body is unusable: Body has already been read')
    if (this.#content === undefined) return { text: '' }
    this.#isUsed = true
    return this.#content
  }

  async text(): Promise<string> {
    const text = textOf(this.#take())
    return startsWith(text, byteOrderMark) ? slice(text, 1, text.length) : text
  }
  async json(): Promise<unknown> {
    const text = textOf(this.#take())
    return parseJson(startsWith(text, byteOrderMark) ? slice(text, 1, text.length) : text)
  }
  async bytes(): Promise<Uint8Array> {
    return bytesOf(this.#take())
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return bytesOf(this.#take()).buffer
  }
}
