/** One page: which template shows it, with what, and under which status. */
import type { TextId } from './text/text.ts'

export interface PageRow {
  template: string
  /** The title of the window, which is also the heading. */
  title: TextId
  status?: number
  /** What the form refused. */
  error?: { id: TextId; values?: Record<string, string | number> }
  facts?: Record<string, unknown>
}
