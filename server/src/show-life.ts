const steps = [
  { seconds: 86_400, name: 'day', from: 2 },
  { seconds: 3_600, name: 'hour', from: 2 },
  { seconds: 60, name: 'minute', from: 1 },
  { seconds: 1, name: 'second', from: 1 },
] as const

/** `5 days`, `2 hours`, `90 minutes`, `30 seconds`: the largest unit that says it exactly. */
export const showLife = (lifeSeconds: number): string => {
  const { seconds, name } = steps.find(
    ({ seconds, from }) => lifeSeconds % seconds === 0 && lifeSeconds / seconds >= from,
  ) ?? { seconds: 1, name: 'second' }
  const count = lifeSeconds / seconds
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
