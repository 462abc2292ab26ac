/** `process.env`: empty, and what is written to it becomes text, as in Node. */
export const createEnvironment = (): object =>
  new Proxy(
    {},
    {
      set: (target, key, value) => Reflect.set(target, key, typeof key === 'symbol' ? value : `${value}`),
      defineProperty: (target, key, descriptor) => {
        const value = 'value' in descriptor ? { value: `${descriptor.value}` } : {}
        return Reflect.defineProperty(target, key, { ...descriptor, ...value })
      },
    },
  )
