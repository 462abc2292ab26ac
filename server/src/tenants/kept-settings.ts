/** Settings that the vendor's clients write and read back, and that change nothing here. */
export type KeptSettings = Record<string, unknown>

/** Each has settings of its own. */
export type KeptSubject = 'tenant' | 'prompts'

export interface KeptSettingsStore {
  /** `{}` if there are none. */
  find(tenant: string, subject: KeptSubject): Promise<KeptSettings>
  /** Replaces them whole. */
  save(tenant: string, subject: KeptSubject, settings: KeptSettings): Promise<void>
}
