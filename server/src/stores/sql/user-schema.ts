/** The tables of users: themselves, what they prove themselves with, and where they belong. */

type Json = string
type Flag = 0 | 1

export interface UserRow {
  tenant: string
  id: string
  connection: string
  email: string | null
  /** The address in lower case, as it is looked up and kept unique. */
  emailKey: string | null
  emailVerified: Flag
  username: string | null
  usernameKey: string | null
  phoneNumber: string | null
  phoneVerified: Flag | null
  name: string | null
  nickname: string | null
  givenName: string | null
  familyName: string | null
  picture: string | null
  userMetadata: Json
  appMetadata: Json
  blocked: Flag
  loginsCount: number
  passwordHash: string | null
  passwordChangedAt: number | null
  lastPasswordReset: number | null
  lastResetBy: string | null
  createdAt: number
  updatedAt: number
}

/** `metadata-values.ts` */
interface MetadataValueRow {
  tenant: string
  userId: string
  root: string
  position: number
  path: string
  /** In lower case. */
  value: string
  number: number | null
}

interface RoleRow {
  tenant: string
  id: string
  name: string
  description: string | null
  position: number
}

interface UserRoleRow {
  tenant: string
  userId: string
  roleId: string
  position: number
}

interface OrganizationRow {
  tenant: string
  id: string
  name: string
  displayName: string
  metadata: Json
  branding: Json | null
  position: number
}

interface OrganizationMemberRow {
  tenant: string
  organizationId: string
  userId: string
  position: number
}

export interface EnrollmentRow {
  tenant: string
  id: string
  userId: string
  type: string
  name: string | null
  createdAt: number
  lastAuthAt: number | null
  /** TOTP: the time step accepted last. */
  lastStep: number | null
  /** WebAuthn: the signature counter seen last. */
  counter: number | null
  /** Recovery code. */
  codeHash: string | null
  /** What only this type has, apart from the columns above. */
  details: Json
  position: number
}

export interface UserSchema {
  users: UserRow
  metadataValues: MetadataValueRow
  roles: RoleRow
  userRoles: UserRoleRow
  organizations: OrganizationRow
  organizationMembers: OrganizationMemberRow
  enrollments: EnrollmentRow
}
