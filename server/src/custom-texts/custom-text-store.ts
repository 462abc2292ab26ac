/** Texts of the pages in the tenant's own words: by screen and key, in the vendor's names. */
export type CustomTexts = { readonly [screen: string]: { readonly [key: string]: string } }

export interface CustomTextPlace {
  prompt: string
  language: string
}

export interface CustomTextStore {
  /** `{}` if there are none. */
  find(tenant: string, place: CustomTextPlace): Promise<CustomTexts>
  /** Replaces them whole; `{}` leaves none. */
  save(tenant: string, place: CustomTextPlace, texts: CustomTexts): Promise<void>
}
