/** Together the records of a part are too large to be read at once. */
export class PageTooLarge extends Error {
  override name = 'PageTooLarge'
  readonly mostBytes: number

  constructor(mostBytes: number) {
    super(`The records of a page take more than ${mostBytes} bytes.`)
    this.mostBytes = mostBytes
  }
}

/** A part of a longer list. */
export interface Page {
  offset: number
  limit: number
}

/** What comes behind an entry, wherever that is by now: what goes from the list meanwhile moves nothing. */
export interface Checkpoint {
  /** `next` of the part before, 0 at the beginning. */
  after: number
  limit: number
}

export type Slice = Page | Checkpoint

export interface Listed<Item> {
  items: Item[]
  /** All that match, on this page or not. */
  total: number
}

export interface Sliced<Item> extends Listed<Item> {
  /** Where the next part begins; absent where nothing follows. */
  next?: number
}
