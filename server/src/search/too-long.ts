/** A search was given up: it would have kept the database for longer than one may. */
export class SearchTooLong extends Error {
  override name = 'SearchTooLong'
}
