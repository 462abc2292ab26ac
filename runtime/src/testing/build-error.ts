import type { BuildMessage } from '../bundle/artifact.ts'
import { showBuildMessage } from '../bundle/show-message.ts'

/** The action does not build. `message` has every error with line, column and the line itself. */
export class BuildError extends Error {
  override name = 'BuildError'
  readonly messages: readonly BuildMessage[]

  constructor(messages: readonly BuildMessage[]) {
    super(messages.map(showBuildMessage).join('\n'))
    this.messages = messages
  }
}
