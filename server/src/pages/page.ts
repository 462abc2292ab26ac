/** One page: which template shows it, with what, and under which status. */
import type { Screen } from './text/screens.ts'
import type { TextId } from './text/text.ts'

export interface PageRow {
  template: string
  /** The title of the window, which is also the heading. */
  title: TextId
  /** What the vendor calls the page: a tenant may have words of its own for it. */
  screen?: Screen
  status?: number
  /** What the form refused. */
  error?: { id: TextId; values?: Record<string, string | number> }
  facts?: Record<string, unknown>
}
