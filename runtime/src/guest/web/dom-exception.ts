/** Errors that the web platform tells apart by `name` (Web IDL, 4.3): `AbortError`, `TimeoutError`. */
import { nodeError } from '../node-error.ts'
import { bare, captureStackTrace, defineProperty, deleteProperty, ErrorClass, keys } from '../primordials.ts'
import { named, tag } from './named.ts'

const own = (value: unknown) => bare({ value, configurable: true, enumerable: false, writable: true })

/** The names that have a number, under the constant's name. Those marked are no longer given one. */
const codes: Record<string, [name: string, code: number, gone?: true]> = bare({
  INDEX_SIZE_ERR: ['IndexSizeError', 1],
  DOMSTRING_SIZE_ERR: ['DOMStringSizeError', 2, true],
  HIERARCHY_REQUEST_ERR: ['HierarchyRequestError', 3],
  WRONG_DOCUMENT_ERR: ['WrongDocumentError', 4],
  INVALID_CHARACTER_ERR: ['InvalidCharacterError', 5],
  NO_DATA_ALLOWED_ERR: ['NoDataAllowedError', 6, true],
  NO_MODIFICATION_ALLOWED_ERR: ['NoModificationAllowedError', 7],
  NOT_FOUND_ERR: ['NotFoundError', 8],
  NOT_SUPPORTED_ERR: ['NotSupportedError', 9],
  INUSE_ATTRIBUTE_ERR: ['InUseAttributeError', 10],
  INVALID_STATE_ERR: ['InvalidStateError', 11],
  SYNTAX_ERR: ['SyntaxError', 12],
  INVALID_MODIFICATION_ERR: ['InvalidModificationError', 13],
  NAMESPACE_ERR: ['NamespaceError', 14],
  INVALID_ACCESS_ERR: ['InvalidAccessError', 15],
  VALIDATION_ERR: ['ValidationError', 16, true],
  TYPE_MISMATCH_ERR: ['TypeMismatchError', 17],
  SECURITY_ERR: ['SecurityError', 18],
  NETWORK_ERR: ['NetworkError', 19],
  ABORT_ERR: ['AbortError', 20],
  URL_MISMATCH_ERR: ['URLMismatchError', 21],
  QUOTA_EXCEEDED_ERR: ['QuotaExceededError', 22],
  TIMEOUT_ERR: ['TimeoutError', 23],
  INVALID_NODE_TYPE_ERR: ['InvalidNodeTypeError', 24],
  DATA_CLONE_ERR: ['DataCloneError', 25],
})
const codeByName: Record<string, number> = bare({})

interface Options {
  name?: unknown
  cause?: unknown
}

const wrongThis = () => nodeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of DOMException')

export class DOMException extends ErrorClass {
  readonly #message: string
  readonly #name: string

  constructor(message: unknown = '', options: unknown = 'Error') {
    super(`${message}`)
    const named = typeof options === 'object' && options !== null ? (options as Options) : { name: options }
    this.#message = `${message}`
    this.#name = `${named.name}`
    if ('cause' in named) defineProperty(this, 'cause', own(named.cause))
    captureStackTrace(this, new.target)
    // Written now, while the error has its text: it is an accessor afterwards, as the name is.
    void this.stack
    deleteProperty(this, 'message')
  }

  override get name(): string {
    if (!(#name in this)) throw wrongThis()
    return this.#name
  }
  override get message(): string {
    if (!(#message in this)) throw wrongThis()
    return this.#message
  }
  get code(): number {
    return codeByName[this.name] ?? 0
  }
}

tag(DOMException, 'DOMException')

const constants = keys(codes)
for (let index = 0; index < constants.length; index++) {
  const constant = constants[index] as string
  const [name, code, gone] = codes[constant] as (typeof codes)[string]
  const value = bare({ value: code, enumerable: true })
  defineProperty(DOMException, constant, value)
  defineProperty(DOMException.prototype, constant, value)
  if (gone === undefined) codeByName[name] = code
}

export const globals = named({ DOMException })
