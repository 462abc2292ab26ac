/** Events and abort signals, against Node's own. */
import { expect, test } from 'vitest'
import { runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

test('events tell the same', async () => {
  const fields = `(({ type, bubbles, cancelable, composed, defaultPrevented, returnValue, cancelBubble, target, currentTarget, srcElement, eventPhase, isTrusted }) => [type, bubbles, cancelable, composed, defaultPrevented, returnValue, cancelBubble, target, currentTarget, srcElement, eventPhase, isTrusted])`
  expect(
    await differencesFromNode([
      `${fields}(new Event('x'))`,
      `${fields}(new Event(5, { bubbles: 1, cancelable: true, composed: 'yes' }))`,
      `(e => { e.preventDefault(); e.stopPropagation(); return ${fields}(e) })(new Event('x', { cancelable: true }))`,
      `(e => { e.preventDefault(); return ${fields}(e) })(new Event('x'))`,
      `(e => { e.returnValue = false; e.cancelBubble = true; return ${fields}(e) })(new Event('x', { cancelable: true }))`,
      `(e => { e.initEvent('y', true, true); return ${fields}(e) })(new Event('x'))`,
      `new Event()`,
      `new Event('x', 5)`,
      `new Event('x', null).type`,
      `new CustomEvent('x', { detail: { a: 1 } }).detail`,
      `new CustomEvent('x').detail`,
      `new CustomEvent()`,
      `new CustomEvent('x') instanceof Event`,
      `Object.prototype.toString.call(new Event('x'))`,
      `[Event.NONE, Event.AT_TARGET, Event.name, EventTarget.name, CustomEvent.name, AbortSignal.name, DOMException.name, URL.name]`,
      `typeof new Event('x').timeStamp`,
      `Event('x')`,
    ]),
  ).toEqual([])
})

test('targets call the same listeners in the same order', async () => {
  const setup = `
    const target = new EventTarget(); const seen = []
    const play = (during, ...events) => { const t = new EventTarget(); const seen = []; during(t, seen); for (const e of events) seen.push(t.dispatchEvent(typeof e === 'string' ? new Event(e, { cancelable: true }) : e)); return seen }`
  expect(
    await differencesFromNode(
      [
        `play((t, seen) => { t.addEventListener('x', (e) => seen.push('one', e.type, e.target === t, e.currentTarget === t, e.eventPhase)); t.addEventListener('x', { handleEvent(e) { seen.push('two', this !== t) } }) }, 'x', 'y')`,
        `play((t, seen) => { const f = () => seen.push(1); t.addEventListener('x', f); t.addEventListener('x', f); t.addEventListener('x', f, true); t.removeEventListener('x', f) }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', () => seen.push('once'), { once: true }) }, 'x', 'x')`,
        `play((t, seen) => { t.addEventListener('x', (e) => { seen.push(1); e.stopImmediatePropagation() }); t.addEventListener('x', () => seen.push(2)) }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', (e) => e.preventDefault()) }, 'x', new Event('x'))`,
        `play((t, seen) => { t.addEventListener('x', (e) => e.preventDefault(), { passive: true }) }, 'x')`,
        `play((t, seen) => { const late = () => seen.push('late'); t.addEventListener('x', () => t.removeEventListener('x', late)); t.addEventListener('x', late) }, 'x')`,
        `play((t, seen) => { const c = new AbortController(); t.addEventListener('x', () => seen.push('signalled'), { signal: c.signal }); c.abort() }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', () => seen.push('never'), { signal: AbortSignal.abort() }) }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', function () { seen.push(this === t) }) }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', null); t.addEventListener('x', undefined); t.removeEventListener('x', null) }, 'x')`,
        `play((t, seen) => { t.addEventListener('x', (e) => seen.push(e.composedPath().length)) }, 'x')`,
        `(e => { target.dispatchEvent(e); return [e.target === target, e.currentTarget, e.composedPath()] })(new Event('x'))`,
        `target.addEventListener('x')`,
        `target.addEventListener('x', 5)`,
        `target.addEventListener('x', () => {}, 5)`,
        `target.addEventListener('x', () => {}, { signal: 5 })`,
        `target.dispatchEvent({})`,
        `target.dispatchEvent()`,
        `(class extends EventTarget { constructor() { super(); this.addEventListener('x', () => seen.push('sub')) } }, seen)`,
        `Object.prototype.toString.call(target)`,
      ],
      setup,
    ),
  ).toEqual([])
})

test('abort signals are event targets', async () => {
  expect(
    await differencesFromNode([
      `AbortSignal.abort() instanceof EventTarget`,
      `new AbortSignal()`,
      `(() => { const c = new AbortController(); const seen = []; c.signal.onabort = () => seen.push('on'); c.signal.addEventListener('abort', (e) => seen.push(e.isTrusted, e instanceof Event), { once: true }); c.abort('why'); return [seen, c.signal.reason] })()`,
      `(() => { const c = new AbortController(); const seen = []; c.signal.onabort = () => seen.push(1); c.signal.addEventListener('abort', () => seen.push(2)); c.signal.onabort = () => seen.push(3); c.abort(); return seen })()`,
      `(() => { const c = new AbortController(); c.signal.onabort = 5; return c.signal.onabort })()`,
      `AbortSignal.timeout('x')`,
      `AbortSignal.timeout(-1)`,
      `AbortSignal.any(5)`,
      `AbortSignal.any([5])`,
      `AbortSignal.any([AbortSignal.abort(1)]).aborted`,
      `(({ name, message, code }) => [name, message, code])(AbortSignal.abort().reason)`,
      `new Promise((done) => AbortSignal.timeout(1).addEventListener('abort', ({ target }) => done([target.reason.name, target.reason.message, target.reason.code])))`,
      `(() => { try { AbortSignal.abort('why').throwIfAborted() } catch (error) { return error } })()`,
    ]),
  ).toEqual([])
})

test('DOMExceptions have their numbers', async () => {
  expect(
    await differencesFromNode([
      `(({ name, message, code }) => [name, message, code])(new DOMException())`,
      `(({ name, message, code }) => [name, message, code])(new DOMException('m', 'DataCloneError'))`,
      `(({ name, message, code, cause }) => [name, message, code, cause])(new DOMException('m', { name: 'AbortError', cause: 5 }))`,
      `[DOMException.ABORT_ERR, DOMException.prototype.ABORT_ERR, new DOMException('m', 'x').code, new DOMException('m', 'ValidationError').code]`,
      `String(new DOMException('m', 'AbortError'))`,
      `new DOMException('m', 'AbortError').stack.split('\\n')[0]`,
      `Object.prototype.toString.call(new DOMException())`,
      `Object.getOwnPropertyNames(new DOMException('m'))`,
      `DOMException.prototype.name`,
    ]),
  ).toEqual([])
})

test('what they print is what Node prints', async () => {
  const shown = [
    `new Event('x')`,
    `new EventTarget()`,
    `AbortSignal.abort(1)`,
    `new AbortController()`,
    `[new AbortController()]`,
  ]
  const withoutTime = (text: string) => text.replace(/timeStamp: [\d.]+/, 'timeStamp: 0').replace(/\s+/g, ' ')
  const end = await runBody(shown.map((one) => `console.log(${one})`).join(';'))
  const { inspect } = await import('node:util')
  expect(end.console.map(({ text }) => withoutTime(text))).toEqual(
    // biome-ignore lint/security/noGlobalEval: our own expressions
    shown.map((one) => withoutTime(inspect(eval(one)))),
  )
})

test('what a listener throws ends the run', async () => {
  const end = await runBody(`
    const target = new EventTarget()
    target.addEventListener('x', () => { throw new RangeError('listened') })
    target.dispatchEvent(new Event('x'))
    await new Promise((done) => setTimeout(done, 50))`)
  expect([end.ending, end.error?.message]).toEqual(['threw', 'listened'])
})
