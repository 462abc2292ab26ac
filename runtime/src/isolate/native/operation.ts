/** One of Node's functions as the guest may call it; its arguments have been read, and are hostile still. */
export type Operation = (args: readonly unknown[]) => unknown

export type Operations = Readonly<Record<string, Operation>>
