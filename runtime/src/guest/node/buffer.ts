import { loadWeb } from '../web-library.ts'
import { Buffer, mostBytes } from './buffer/buffer.ts'
import { inspection, setMostInspected } from './buffer/methods.ts'
import { isAscii, isUtf8, transcode } from './buffer/transcode.ts'

/** V8's longest text. */
const longestText = 2 ** 29 - 24

const { atob, btoa } = loadWeb().load('base64').globals

/** Objects have no URLs here. */
function resolveObjectURL(url: unknown): undefined {
  void `${url}`
}

export const exported = {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength: mostBytes,
  kStringMaxLength: longestText,
  btoa,
  atob,
  constants: Object.defineProperties(
    {},
    {
      MAX_LENGTH: { value: mostBytes, enumerable: true },
      MAX_STRING_LENGTH: { value: longestText, enumerable: true },
    },
  ),
  get INSPECT_MAX_BYTES() {
    return inspection.mostBytes
  },
  set INSPECT_MAX_BYTES(value: unknown) {
    setMostInspected(value)
  },
  get Blob() {
    return loadWeb().load('files').globals.Blob
  },
  resolveObjectURL,
  get File() {
    return loadWeb().load('files').globals.File
  },
}
