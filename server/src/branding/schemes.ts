/** What `server/src/pages/assets/page.css` and the mails have; a test holds the two against each other. */
import type { Scheme } from './palette.ts'

export const pageSchemes = {
  light: {
    towards: 'black',
    card: '#ffffff',
    soft: '#eef2fb',
    ground: '#f3f5f9',
    quiet: '#56617a',
    fieldLine: '#7c879b',
    accent: '#2451c7',
    accentStrong: '#1b3f9f',
    onAccent: '#ffffff',
  },
  dark: {
    towards: 'white',
    card: '#191f2b',
    soft: '#222b3c',
    ground: '#10141d',
    quiet: '#a7b2c8',
    fieldLine: '#8490a8',
    accent: '#8fb0ff',
    accentStrong: '#b3c9ff',
    onAccent: '#0f1a36',
  },
} as const satisfies Record<'light' | 'dark', Scheme>

export const mailScheme = { ...pageSchemes.light, ground: '#f4f5f7', quiet: '#56617a' } as const satisfies Scheme
