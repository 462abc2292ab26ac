/** The codes of tenants' logs: those of the table, those the server writes, and those the documents name are the same. */
import { describe, expect, test } from 'vitest'
import { logCodes } from '../../server/src/logs/log-code.ts'
import { files, linesOf, read } from './source-tree.ts'

const table = 'server/src/logs/log-code.ts'

describe('codes of the log', () => {
  // That no other code is written is the compiler's to say: `LogEvent` knows these only, each with its details.
  test('each of the table is written somewhere', () => {
    const sources = files.filter((file) => file.startsWith('server/src/') && file.endsWith('.ts') && file !== table)
    const source = sources.map(read).join('\n')
    expect(Object.keys(logCodes).filter((code) => !source.includes(`'${code}'`))).toEqual([])
  })

  test('each of the table is expected somewhere by a test', () => {
    const sources = files.filter((file) => /^test\/(?!agreement\/).*\.ts$/.test(file))
    const source = sources.map(read).join('\n')
    const codes = Object.keys(logCodes)
    expect(codes.filter((code) => !new RegExp(`['":]${code}['" &)\`]`).test(source))).toEqual([])
  })

  test('no code of the table stands among those that the page says are not written', () => {
    const rows = linesOf('docs/management-api.md').map(({ text }) => text.split('|').map((cell) => cell.trim()))
    const notWritten = rows
      .filter((cells) => cells.length === 4)
      .flatMap(([, codes = '']) => [...codes.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code))
    expect(notWritten).toEqual(expect.arrayContaining(['limit_wc', 'limit_mu', 'ublkdu', 'gd_send_pn', 'fcph']))
    expect(notWritten.filter((code) => Object.hasOwn(logCodes, code))).toEqual([])
  })

  test('the page on the management API lists each with when it is written and its details', () => {
    const rows = linesOf('docs/management-api.md').map(({ text }) => text.split('|').map((cell) => cell.trim()))
    const listed = rows.filter((cells) => Object.hasOwn(logCodes, cells[1]?.replaceAll('`', '') ?? ''))
    const expected = Object.entries(logCodes).map(([code, { when, details }]) => {
      return ['', `\`${code}\``, when, details.map((name) => `\`${name}\``).join(', '), '']
    })
    expect(listed).toEqual(expected)
  })
})
