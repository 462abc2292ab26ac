/** Enough of an address for its owner to recognise, not enough for anybody else: `d•••@example.com`. */
export const maskEmail = (email: string): string => email.replace(/^(.).*(@[^@]*)$/u, '$1•••$2')
