/** Bytes with a type, with a name, and forms made of them. */
import { Blob, File } from './blob.ts'
import { FormData } from './form.ts'
import { named } from './named.ts'

export { blobBytes, isBlob } from './blob.ts'
export { isFormData } from './form.ts'
export { readMultipart, writeMultipart } from './multipart.ts'

export const globals = named({ Blob, File, FormData })
