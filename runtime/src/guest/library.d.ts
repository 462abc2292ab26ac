/** A library of the guest, evaluated when it is called first (bundle/build-guest.ts). */
declare module 'library:*' {
  export const evaluate: <Library>() => Library
}
