/**
 * Ids in the vendor's form: digits only, and as text in the order of the entries. The last 16 are the entry's number in its
 * tenant. The time before them never goes back, whatever the clock does: it is that of the entry or of an earlier one.
 */
const prefix = '900'
const numberDigits = 16

export const toLogId = ({ number, at }: { number: number; at: number }): string => {
  const time = new Date(at).toISOString().replaceAll(/\D/g, '')
  return prefix + time + String(number).padStart(numberDigits, '0')
}

/** `undefined` for what is no id of ours. */
export const numberIn = (id: string): number | undefined => {
  const digits = /^900\d{17}(\d{16})$/.exec(id)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
