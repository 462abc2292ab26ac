/** Enough of a number for its owner to recognise, not enough for anybody else. */
export const maskPhoneNumber = (number: string): string => `••• ••• ${number.slice(-2)}`
