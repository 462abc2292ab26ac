/** Those on whose behalf users come: actions are told which one a reset was asked for. */
import type { Listed, Page, Slice, Sliced } from '../page.ts'
import type { Patch } from '../patch.ts'

export interface Organization {
  /** `org_` and 16 base62 characters. */
  id: string
  /** Lower case, of one organization in the tenant. */
  name: string
  displayName: string
  metadata: Record<string, string>
  branding?: { logo_url?: string; colors?: { primary?: string; page_background?: string } }
}

export interface OrganizationStore {
  create(tenant: string, organization: Organization, most: number): Promise<'created' | 'name-taken' | 'too-many'>
  find(tenant: string, id: string): Promise<Organization | undefined>
  findByName(tenant: string, name: string): Promise<Organization | undefined>
  /** In the order they were created. */
  list(tenant: string, slice: Slice): Promise<Sliced<Organization>>
  update(
    tenant: string,
    id: string,
    patch: Patch<Omit<Organization, 'id'>>,
  ): Promise<Organization | 'name-taken' | undefined>
  /** Its members stay users of the tenant. */
  remove(tenant: string, id: string): Promise<'removed' | 'unknown'>
}

export interface MembershipStore {
  /** All of them or none; who is a member already stays one. */
  add(
    tenant: string,
    organizationId: string,
    users: readonly string[],
  ): Promise<'added' | 'unknown-organization' | 'unknown-user'>
  /** Who is no member is passed over. */
  remove(tenant: string, organizationId: string, users: readonly string[]): Promise<void>
  isMember(tenant: string, organizationId: string, userId: string): Promise<boolean>
  /** Ids of users, in the order they became members. */
  membersOf(tenant: string, organizationId: string, slice: Slice): Promise<Sliced<string>>
  /** In the order the user became a member of them. */
  organizationsOf(tenant: string, userId: string, page: Page): Promise<Listed<Organization>>
}
