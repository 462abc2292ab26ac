import { readFileSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

/** The JSON object in a file. `option` is named when there is none. */
export const readJsonObject = (file: string, option: string): Record<string, unknown> => {
  const value = parse(readText(file, option), `${option}: ${file}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${option}: ${file} must hold a JSON object.`)
  return value as Record<string, unknown>
}

/** The same with texts only. */
export const readTexts = (file: string, option: string): Record<string, string> => {
  const object = readJsonObject(file, option)
  const [wrong] = Object.entries(object).find(([, value]) => typeof value !== 'string') ?? []
  if (wrong !== undefined) throw new UsageError(`${option}: "${wrong}" in ${file} must be a text.`)
  return object as Record<string, string>
}

const readText = (file: string, option: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${option}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

const parse = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where} is no JSON: ${(error as Error).message}`)
  }
}
