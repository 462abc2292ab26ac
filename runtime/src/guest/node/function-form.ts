/** Functions in the form of Node's: the name, and how many parameters the function says it has. */

export const withForm = <Made extends object>(made: Made, name: string, length: number): Made =>
  Object.defineProperties(made, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  })

/** Functions under the names that Node has given them inside. */
export const shapeMembers = (target: object, shapes: Record<string, readonly [name: string, length: number]>): void => {
  for (const [key, [name, length]] of Object.entries(shapes)) {
    const made = Object.getOwnPropertyDescriptor(target, key)?.value
    if (typeof made === 'function') withForm(made, name, length)
  }
}
