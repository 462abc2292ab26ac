import { accessSync, constants, mkdirSync } from 'node:fs'
import { ConfigError } from './config.ts'

/** Makes the data directory where it is missing. Throws `ConfigError` where this user cannot keep anything in it. */
export const prepareOwnFolder = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR: must be a folder this user may write to, or make (${Reflect.get(Object(error), 'code')})`,
    )
  }
}
