/** A library of the guest as one function, to be called once (bundle/build-guest.ts). */
declare module 'library:*' {
  export const evaluate: <Library>() => Library
}
