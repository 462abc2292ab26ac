/** Gives a function the name that Node's has: bundling may rename what it was declared as, and authors read names in logs. */
export const named = <Made extends object>(name: string, made: Made): Made =>
  Object.defineProperty(made, 'name', { value: name, configurable: true })
