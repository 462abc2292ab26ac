/** What `Request` and `Response` share: a body that is read once. It is a stream only when somebody asks for one. */
import type { ReadableStream } from 'web-streams-polyfill'
import { parseJson, slice, startsWith, TypeErrorClass } from '../primordials.ts'
import type { Blob } from './blob.ts'
import { bytesOf, type Chunks, type Content, collect, textOf, type Whole } from './body-source.ts'
import type { FormData } from './form.ts'
import type { Headers } from './headers.ts'
import { late } from './late.ts'

const byteOrderMark = '\ufeff'

const withoutMark = (text: string): string => (startsWith(text, byteOrderMark) ? slice(text, 1, text.length) : text)

const unusable = () => new TypeErrorClass('Body is unusable: Body has already been read')

/** The body of a request or response, whoever has read it. */
export let contentOf: (body: Body) => Content | undefined
/** Whether somebody has read it, or is about to. */
export let isUnusable: (body: Body) => boolean
/** For who reads it now: nobody can after that. */
export let takeContent: (body: Body) => Content | undefined
/** For another object, and for this one still: of a stream, each has one half. */
export let shareContent: (body: Body) => Content | undefined
/** A body with nothing in it: `null`, or none at all. */
const empty: Whole = { text: '' }

export abstract class Body {
  #content: Content | undefined
  /** Made of the content when it is asked for; what was given as one is the content itself. */
  #stream: ReadableStream | undefined
  #isUsed = false
  abstract readonly headers: Headers

  static {
    contentOf = (body) => body.#content
    isUnusable = (body) => body.bodyUsed || body.#source()?.locked === true
    takeContent = (body) => {
      if (body.#content === undefined) return undefined
      if (isUnusable(body)) throw unusable()
      const content = body.#stream === undefined ? body.#content : { chunks: body.#stream as unknown as Chunks }
      body.#isUsed = body.#stream === undefined
      return content
    }
    shareContent = (body) => {
      const source = body.#source()
      if (source === undefined) return body.#content
      const [own, other] = late('streams').load().tee(source)
      body.#stream = own
      return { chunks: other as unknown as Chunks }
    }
  }

  constructor(content: Content | undefined) {
    this.#content = content
  }

  /** What is read in pieces, if there is such a thing yet. */
  #source(): Chunks | undefined {
    if (this.#stream !== undefined) return this.#stream as unknown as Chunks
    const content = this.#content
    return content !== undefined && 'chunks' in content ? content.chunks : undefined
  }

  get body(): ReadableStream | null {
    if (this.#content === undefined) return null
    this.#stream ??= late('streams')
      .load()
      .toStream(this.#content, () => this.#isUsed)
    return this.#stream
  }
  get bodyUsed(): boolean {
    if (this.#isUsed) return true
    const source = this.#source()
    return source !== undefined && late('streams').made?.isDisturbed(source) === true
  }

  async #take(): Promise<Whole> {
    return collect(takeContent(this) ?? empty)
  }

  async text(): Promise<string> {
    return withoutMark(textOf(await this.#take()))
  }
  async json(): Promise<unknown> {
    return parseJson(withoutMark(textOf(await this.#take())))
  }
  async bytes(): Promise<Uint8Array> {
    return bytesOf(await this.#take())
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return bytesOf(await this.#take()).buffer
  }
  async blob(): Promise<Blob> {
    const bytes = bytesOf(await this.#take())
    const { Blob } = late('files').load().globals
    // As a type is written anew (MIME Sniffing, 4.5): without spaces between its parameters.
    return new Blob([bytes], { type: (this.headers.get('content-type') ?? '').replace(/\s*;\s*/g, ';') })
  }
  async formData(): Promise<FormData> {
    const content = await this.#take()
    const type = this.headers.get('content-type') ?? ''
    const { readMultipart, globals } = late('files').load()
    if (/^multipart\/form-data\b/i.test(type)) return readMultipart(bytesOf(content), type)
    if (!/^application\/x-www-form-urlencoded\b/i.test(type))
      throw new TypeErrorClass(
        'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".',
      )
    const form = new globals.FormData()
    for (const [name, value] of new (late('urls').load().URLSearchParams)(textOf(content))) form.append(name, value)
    return form
  }
  textStream(): ReadableStream {
    if (isUnusable(this)) throw unusable()
    const { toStream, globals } = late('streams').load()
    const stream = this.body ?? toStream(empty, () => false)
    return stream.pipeThrough(new globals.TextDecoderStream() as never)
  }
}

const members = ['body', 'bodyUsed', 'blob', 'arrayBuffer', 'text', 'json', 'formData', 'bytes', 'textStream'] as const

/** A mixin of the standard is no class of its own: the members are those of who has it. */
export const mixBody = (target: { prototype: Body }): void => {
  for (const name of members) {
    const member = Object.getOwnPropertyDescriptor(Body.prototype, name)
    Object.defineProperty(target.prototype, name, { ...member, enumerable: true })
  }
}
