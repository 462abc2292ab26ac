/** A QR code as one SVG path, to be put into the page itself: no request, no inline style. */
import { create } from 'qrcode'

export interface QrCode {
  /** Modules per side, with the quiet zone around. */
  size: number
  path: string
}

/** ISO/IEC 18004 asks for four modules. */
const quietZone = 4

export const qrCodeOf = (text: string): QrCode => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const squares = Array.from(modules.data, (dark, index) => {
    if (!dark) return ''
    const x = (index % modules.size) + quietZone
    const y = Math.floor(index / modules.size) + quietZone
    return `M${x} ${y}h1v1h-1z`
  })
  return { size: modules.size + 2 * quietZone, path: squares.join('') }
}
