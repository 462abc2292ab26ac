/** How a tenant's pages and mails look. Everything here was written by a tenant: colours and addresses are read anew where they are used. */
export interface Gradient {
  type: 'linear-gradient'
  /** `#rgb` or `#rrggbb`, like every colour here. */
  start: string
  end: string
  angle_deg: number
}

export interface Branding {
  colors?: {
    primary?: string
    page_background?: string | Gradient
  }
  favicon_url?: string
  logo_url?: string
  font?: { url?: string }
}
