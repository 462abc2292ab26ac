/** `/prompts`: texts of the pages in the tenant's own words, and settings of login pages, which are only kept. */
import { z } from 'zod'
import type { CustomTextStore } from '../../../custom-texts/custom-text-store.ts'
import { problem } from '../../../errors.ts'
import { promptOfPages } from '../../../pages/text/screens.ts'
import type { EditSettings } from '../../../tenants/edit-settings.ts'
import type { KeptSettings, KeptSettingsStore } from '../../../tenants/kept-settings.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { invalidBody } from '../../wire-problem.ts'
import { fieldsQuery, offsetListOf, offsetPage, offsetPaging } from '../paging.ts'
import { patchSettings } from './patch-settings.ts'
import { customTexts as body, byPlace, editPrompts, misplacedTexts } from './prompt-schema.ts'

export type PromptDeps = {
  editSettings: EditSettings
  keptSettings: Pick<KeptSettingsStore, 'find'>
  customTexts: CustomTextStore
}

const readScope = { config: { scopes: ['read:prompts'] } }
const updateScope = { config: { scopes: ['update:prompts'] } }

const toPromptsAnswer = (kept: KeptSettings) => editPrompts.parse({ universal_login_experience: 'new', ...kept })

const settingsRoutes = (app: Api, { editSettings, keptSettings }: PromptDeps) => {
  const readOptions = { ...readScope, schema: { summary: 'Settings of login pages', response: { 200: editPrompts } } }
  app.get('/prompts', readOptions, async ({ tenant }) =>
    toPromptsAnswer(await keptSettings.find(tenant.name, 'prompts')),
  )

  const editOptions = {
    ...updateScope,
    schema: { summary: 'Keeps some of them', body: editPrompts, response: { 200: editPrompts } },
  }
  app.patch('/prompts', editOptions, async ({ tenant, body: patch }) => {
    const edited = await editSettings(tenant.name, {
      subject: 'prompts',
      change: ({ kept }) => ({ patch: {}, kept: patchSettings(kept, patch) }),
    })
    if (!edited) throw problem('ERR_TENANT_UNKNOWN')
    return toPromptsAnswer(edited.kept)
  })
}

const textRoutes = (app: Api, { customTexts }: PromptDeps) => {
  const readOptions = {
    ...readScope,
    schema: { summary: 'Own texts of a prompt in a language', params: byPlace, response: { 200: body } },
  }
  app.get('/prompts/:prompt/custom-text/:language', readOptions, async (request) =>
    customTexts.find(request.tenant.name, request.params),
  )

  const editOptions = {
    ...updateScope,
    schema: { summary: 'Replaces them', params: byPlace, body, response: { 200: body } },
  }
  app.put('/prompts/:prompt/custom-text/:language', editOptions, async ({ tenant, params, body: texts }) => {
    const misplaced = params.prompt === promptOfPages ? misplacedTexts(texts) : undefined
    if (misplaced) {
      throw invalidBody(`Additional properties not allowed: ${misplaced.names.join(', ')}`, misplaced.screen)
    }
    await customTexts.save(tenant.name, params, texts)
    return texts
  })
}

const listRendering = z.strictObject({
  ...offsetPaging,
  ...fieldsQuery,
  prompt: z.string().optional(),
  screen: z.string().optional(),
  rendering_mode: z.string().optional(),
})

/** Of what the vendor's deploy tool reads at every export there is nothing: no login pages, no scripts on pages. */
const emptyRoutes = (app: Api) => {
  const partials = {
    summary: 'Pieces of HTML for login pages: always none',
    params: byPlace.pick({ prompt: true }),
    response: { 200: z.object({}) },
  }
  app.get('/prompts/:prompt/partials', { ...readScope, schema: partials }, async () => ({}))

  const rendering = {
    summary: 'Screens that scripts render: always none',
    querystring: listRendering,
    response: { 200: offsetListOf('configs', z.object({})) },
  }
  app.get('/prompts/rendering', { ...readScope, schema: rendering }, async ({ query }) =>
    offsetPage({ key: 'configs', items: [], total: 0 }, query),
  )
}

export const promptRoutes = (deps: PromptDeps) => async (app: Api) => {
  settingsRoutes(app, deps)
  textRoutes(app, deps)
  emptyRoutes(app)
}
