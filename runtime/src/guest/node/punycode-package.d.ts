declare module 'punycode/punycode.es6.js' {
  const punycode: {
    version: string
    ucs2: object
    decode(text: string): string
    encode(text: string): string
    toASCII(domain: string): string
    toUnicode(domain: string): string
  }
  // biome-ignore lint/style/noDefaultExport: the package's own form
  export default punycode
}
