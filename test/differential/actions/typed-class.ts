// is TypeScript with a class, overloads and a builtin
import { createHash } from 'node:crypto'

abstract class Check {
  protected readonly name: string
  constructor(name: string) {
    this.name = name
  }
  abstract run(text: string): boolean
  describe(text: string): string {
    return `${this.name}: ${this.run(text)}`
  }
}
class Digest extends Check {
  override run(text: string): boolean {
    return createHash('sha256').update(text).digest('hex').startsWith('0')
  }
}
function pick(value: string): string
function pick(value: number): number
function pick(value: string | number): string | number {
  return value
}
export const onExecutePostChallenge = async (event: { user: { email: string } }): Promise<void> => {
  const checks: Check[] = [new Digest('digest')]
  console.log(checks.map((check) => check.describe(event.user.email)), pick(1), pick('a'), checks)
}
