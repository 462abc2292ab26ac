/** A part of a longer list. */
export interface Page {
  offset: number
  limit: number
}

export interface Listed<Item> {
  items: Item[]
  /** All that match, on this page or not. */
  total: number
}
