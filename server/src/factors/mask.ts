/** Enough of an address for its owner to recognise it, too little for anybody else to learn it. */

export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  return `${[...address.slice(0, at)][0] ?? ''}•••${address.slice(at)}`
}

export const maskPhoneNumber = (number: string): string => `••• ••• ${number.slice(-2)}`
