/** The shortest way from one list to another, by E. Myers: "An O(ND) Difference Algorithm and Its Variations". */

/** -1: only in the first; 0: in both; 1: only in the second. */
export type Step<Item> = [operation: -1 | 0 | 1, item: Item]

type IsEqual<Item> = (left: Item, right: Item) => boolean

interface Lists<Item> {
  actual: ArrayLike<Item>
  expected: ArrayLike<Item>
  isEqual: IsEqual<Item>
  /** Which of two equal ones is told of; the first, unless said otherwise. */
  tell?: (left: Item, right: Item) => Item
}

/** The diagonal that one comes from: the one that has got further. */
const previousDiagonal = (reached: Int32Array, at: number, level: { diagonal: number; depth: number }): number => {
  const { diagonal, depth } = level
  const isDown =
    diagonal === -depth || (diagonal !== depth && (reached[at - 1] as number) < (reached[at + 1] as number))
  return isDown ? diagonal + 1 : diagonal - 1
}

/** How far each diagonal had got before each step. */
const explore = <Item>({ actual, expected, isEqual }: Lists<Item>): Int32Array[] => {
  const most = actual.length + expected.length
  const reached = new Int32Array(2 * most + 2)
  const trace: Int32Array[] = []
  for (let depth = 0; depth <= most; depth++) {
    trace.push(reached.slice())
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const at = diagonal + most
      const previous = previousDiagonal(reached, at, { diagonal, depth })
      let x = previous > diagonal ? (reached[at + 1] as number) : (reached[at - 1] ?? -1) + 1
      while (
        x < actual.length &&
        x - diagonal < expected.length &&
        isEqual(actual[x] as Item, expected[x - diagonal] as Item)
      )
        x += 1
      reached[at] = x
      if (x >= actual.length && x - diagonal >= expected.length) return trace
    }
  }
  return trace
}

/** From the last step to the first, as they are found. */
export const differenceBackwards = <Item>(lists: Lists<Item>): Step<Item>[] => {
  const { actual, expected, tell = (left: Item) => left } = lists
  const most = actual.length + expected.length
  const trace = explore(lists)
  const steps: Step<Item>[] = []
  let x = actual.length
  let y = expected.length
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const reached = trace[depth] as Int32Array
    const previous = previousDiagonal(reached, x - y + most, { diagonal: x - y, depth })
    const previousX = reached[previous + most] as number
    const previousY = previousX - previous
    while (x > previousX && y > previousY) {
      x -= 1
      y -= 1
      steps.push([0, tell(actual[x] as Item, expected[y] as Item)])
    }
    if (depth === 0) break
    if (x > previousX) {
      x -= 1
      steps.push([1, actual[x] as Item])
    } else {
      y -= 1
      steps.push([-1, expected[y] as Item])
    }
  }
  return steps
}
