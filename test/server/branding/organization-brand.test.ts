import { expect, test } from 'vitest'
import { logoOf } from '../../../server/src/branding/brand-address.ts'
import { brandStyleOf } from '../../../server/src/branding/brand-style.ts'
import { brandedFor } from '../../../server/src/branding/organization-brand.ts'
import { aTenant } from '../../support/database.ts'

const tenant = {
  ...aTenant('acme'),
  branding: {
    colors: { primary: '#0b5d4e', page_background: '#eef5f2' },
    logo_url: 'https://cdn.acme.example/logo.png',
    favicon_url: 'https://cdn.acme.example/icon.png',
  },
}

test('what an organization has chosen comes before what its tenant has, part by part', () => {
  expect(brandedFor(tenant, { branding: { colors: { primary: '#ffe600' } } }).branding).toEqual({
    ...tenant.branding,
    colors: { primary: '#ffe600', page_background: '#eef5f2' },
  })
  const logo_url = 'https://partner.example/logo.png'
  expect(brandedFor(tenant, { branding: { logo_url } }).branding).toEqual({ ...tenant.branding, logo_url })
})

test('without an organization, or with one that has chosen nothing, the tenant looks as it does', () => {
  for (const organization of [undefined, {}, { branding: {} }, { branding: { colors: {} } }]) {
    expect(brandedFor(tenant, organization).branding).toEqual(tenant.branding)
  }
  const plain = aTenant('plain')
  expect(brandedFor(plain, { branding: { colors: {} } }).branding).toEqual({})
})

test('what cannot be shown gives place to what the tenant has', () => {
  const hostile = { logo_url: 'https://*/logo.png', colors: { primary: '#000;}*{}', page_background: '#00000080' } }
  const seen = brandedFor(tenant, { branding: hostile })
  expect(logoOf(seen)).toBe(tenant.branding.logo_url)
  expect(brandStyleOf(seen)).toEqual(brandStyleOf(tenant))
})
