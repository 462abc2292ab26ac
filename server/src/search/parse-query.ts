/**
 * The part of Lucene's query syntax that searches here understand:
 *
 * - `field:word`, `field:"several words"`, a `*` at the end of either for "begins with", `_exists_:field`
 * - `field:[a TO b]`, `{` and `}` where an end does not count itself, `*` where one is open; `field:>=a` and the like
 * - `AND`, `OR`, `NOT` (or `-`), parentheses, also around the values of one field; terms side by side must all match
 *
 * Whatever else is in a query is refused by name: a search that silently means something else is worse than none.
 */
import { type Query, QueryError, type SearchFields } from './query.ts'
import { scan, type Token } from './scan.ts'

export const mostTerms = 64
const deepest = 16

export const tooManyTerms = () => new QueryError(`It may have ${mostTerms} terms`)

class Parser {
  readonly #tokens: readonly Token[]
  readonly #fields: SearchFields
  #at = 0
  #terms = 0
  #depth = 0

  constructor(tokens: readonly Token[], fields: SearchFields) {
    this.#tokens = tokens
    this.#fields = fields
  }

  whole(): Query {
    const query = this.#either(() => this.#term())
    const rest = this.#peek()
    if (rest) throw new QueryError(`'${rest.text}' at position ${rest.at} has no place there`)
    return query
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #take(type: Token['type']): Token | undefined {
    const token = this.#peek()
    if (token?.type !== type) return undefined
    this.#at += 1
    return token
  }

  #need(type: Token['type'], what: string): Token {
    const token = this.#take(type)
    if (token) return token
    const found = this.#peek()
    throw new QueryError(found ? `${what} is missing at position ${found.at}` : `${what} is missing at the end`)
  }

  #either(term: () => Query): Query {
    const of = [this.#all(term)]
    while (this.#take('or')) of.push(this.#all(term))
    return of.length === 1 ? (of[0] as Query) : { op: 'or', of }
  }

  #all(term: () => Query): Query {
    const of = [this.#negated(term)]
    for (;;) {
      const next = this.#peek()?.type
      if (next === undefined || next === 'or' || next === 'close') break
      this.#take('and')
      of.push(this.#negated(term))
    }
    return of.length === 1 ? (of[0] as Query) : { op: 'and', of }
  }

  #negated(term: () => Query): Query {
    return this.#take('not') ? { op: 'not', of: this.#deeper(() => this.#negated(term)) } : this.#grouped(term)
  }

  #grouped(term: () => Query): Query {
    if (!this.#take('open')) return term()
    const query = this.#deeper(() => this.#either(term))
    this.#need('close', 'A closing parenthesis')
    return query
  }

  #deeper(parse: () => Query): Query {
    this.#depth += 1
    if (this.#depth > deepest) throw new QueryError(`It may be nested ${deepest} levels deep`)
    const query = parse()
    this.#depth -= 1
    return query
  }

  #term(): Query {
    const { text, at } = this.#need('field', 'A field with its value, such as type:"s",')
    if (text === '_exists_') {
      this.#count()
      return { op: 'exists', field: this.#known(this.#need('word', 'A field name')) }
    }
    const field = this.#known({ text, at })
    if (this.#peek()?.type !== 'open') return this.#value(field)
    return this.#grouped(() => this.#value(field))
  }

  #known({ text, at }: Pick<Token, 'text' | 'at'>): string {
    if (this.#fields.kindOf(text) !== undefined) return text
    throw new QueryError(
      `'${text}' at position ${at} is none of the searchable fields ${this.#fields.names.join(', ')}`,
    )
  }

  /** Each term is looked for in every record that the others leave. */
  #count(): void {
    this.#terms += 1
    if (this.#terms > mostTerms) throw tooManyTerms()
  }

  #value(field: string): Query {
    this.#count()
    const range = this.#take('range')
    if (range) return { op: 'range', field, ...range.bounds }
    const quoted = this.#take('quoted')
    const { text, begins } = quoted ?? this.#need('word', `A value for ${field}`)
    return { op: 'match', field, how: begins ? 'beginning' : 'whole', text }
  }
}

/** Throws a `QueryError` for what it does not understand. */
export const parseQuery = (text: string, fields: SearchFields): Query => new Parser(scan(text), fields).whole()
