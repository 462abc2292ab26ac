import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStatements } from '../../../../server/src/stores/sql/statements.ts'

let database: DatabaseSync
beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(`create table plans (name text); insert into plans values ('gold')`)
})
afterEach(() => database.close())

test('a text is compiled once', () => {
  const statement = createStatements(database)
  expect(statement('select name from plans')).toBe(statement('select name from plans'))
})

test('the one that was used last long ago makes room', () => {
  const statement = createStatements(database)
  const [often, once] = [statement('select 1 as often'), statement('select 1 as once')]
  for (let number = 0; number < 499; number += 1) {
    statement(`select ${number} as number`)
    statement('select 1 as often')
  }
  expect(statement('select 1 as often')).toBe(often)
  expect(statement('select 1 as once')).not.toBe(once)
})

test('none is kept that holds much: of values, which stay until it is run again, or of text', () => {
  const statement = createStatements(database)
  const sql = 'insert into plans values (?)'
  const long = `select '${'x'.repeat(10_000)}' as text`
  const kept = statement(sql, ['gold'])
  expect(statement(sql, ['gold'])).toBe(kept)
  expect(statement(sql, ['x'.repeat(20_000)])).toBe(kept)
  expect(statement(sql, ['gold'])).not.toBe(kept)
  expect(statement(sql, [Buffer.alloc(20_000)])).not.toBe(statement(sql, ['gold']))
  expect(statement(long)).not.toBe(statement(long))
})

test('a kept statement answers the columns that its table has by now', () => {
  const statement = createStatements(database)
  expect(statement('select * from plans').compiled.all()).toEqual([{ name: 'gold' }])
  database.exec('alter table plans add column price integer')
  expect(statement('select * from plans').compiled.all()).toEqual([{ name: 'gold', price: null }])
})

test('whether there will be rows is known of a text that returns what it writes', () => {
  const statement = createStatements(database)
  expect(statement(`insert into plans values ('silver')`).answersRows).toBe(false)
  expect(statement(`insert into plans values ('iron') returning name`).answersRows).toBe(true)
})

test('what SQLite has against a text is thrown each time', () => {
  const statement = createStatements(database)
  for (const _ of [1, 2]) expect(() => statement('select unheard from plans')).toThrow('no such column: unheard')
})
