/** Which texts are addresses, as Node tells them apart. */
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)'
const v4 = `(?:${byte}\\.){3}${byte}`
const group = '[0-9a-fA-F]{1,4}'
const v6 =
  `(?:(?:${group}:){7}(?:${group}|:)|` +
  `(?:${group}:){6}(?:${v4}|:${group}|:)|` +
  `(?:${group}:){5}(?::${v4}|(?::${group}){1,2}|:)|` +
  `(?:${group}:){4}(?:(?::${group}){0,1}:${v4}|(?::${group}){1,3}|:)|` +
  `(?:${group}:){3}(?:(?::${group}){0,2}:${v4}|(?::${group}){1,4}|:)|` +
  `(?:${group}:){2}(?:(?::${group}){0,3}:${v4}|(?::${group}){1,5}|:)|` +
  `(?:${group}:){1}(?:(?::${group}){0,4}:${v4}|(?::${group}){1,6}|:)|` +
  `(?::(?:(?::${group}){0,5}:${v4}|(?::${group}){1,7}|:)))(?:%[0-9a-zA-Z-.:]{1,})?`

const v4Pattern = new RegExp(`^${v4}$`)
const v6Pattern = new RegExp(`^${v6}$`)

export const isIPv4 = (value: unknown): boolean => v4Pattern.test(`${value}`)
export const isIPv6 = (value: unknown): boolean => v6Pattern.test(`${value}`)

export const isIP = (value: unknown): 0 | 4 | 6 => {
  if (isIPv4(value)) return 4
  return isIPv6(value) ? 6 : 0
}
