/** Facts about this reset that stay the same from the first action to the last. */
export interface Transaction {
  /** The language the pages are shown in, such as `en`. */
  locale: string
  /** Languages the application asked for, in its order. */
  ui_locales: string[]
  state?: string
  login_hint?: string
  correlation_id?: string
  // biome-ignore lint/suspicious/noExplicitAny: protocol details pass through; the vendor's own type says any
  [extra: string]: any
}
