// zod
const { z } = require('zod')

const schema = z.object({
  email: z.email().toLowerCase(),
  age: z.coerce.number().int().min(18).optional(),
  roles: z.array(z.enum(['admin', 'user'])).default(['user']),
  url: z.url().nullable(),
  kind: z.discriminatedUnion('type', [
    z.object({ type: z.literal('a'), n: z.number() }),
    z.object({ type: z.literal('b') }),
  ]),
})

const operations = {
  async 'parses what is right'() {
    return schema.parse({ email: 'ADA@acme.example', age: '20', url: 'https://a.example', kind: { type: 'a', n: 1 } })
  },
  async 'lists what is wrong'() {
    const { success, error } = schema.safeParse({ email: 'x', age: 3, roles: ['root'], url: 'no', kind: { type: 'c' } })
    return [success, error.name, error.issues, z.prettifyError(error), z.flattenError(error)]
  },
  async 'refines, transforms and waits'() {
    const checked = z
      .string()
      .transform((text) => text.length)
      .pipe(z.number().max(3))
      .refine(async (n) => n !== 2, 'not two')
    return [
      await checked.parseAsync('abc'),
      (await checked.safeParseAsync('ab')).error.message,
      z.toJSONSchema(z.object({ a: z.string().min(1) })),
    ]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
