/** A browser without scripts: keeps cookies, follows redirects on our own site, and submits the forms it is shown. */
import { type HTMLElement, parse } from 'node-html-parser'
import { request } from 'undici'

export interface Page {
  status: number
  /** Path and query the page was finally served at. */
  path: string
  headers: Record<string, string | string[] | undefined>
  html: string
  /** Visible text, blanks folded. */
  text: string
  /** Where a redirect to another site wanted to go; such redirects are not followed. */
  leftFor?: string
  document: HTMLElement
}

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Page>
  head(path: string): Promise<Page>
  /** Sends the form of the last page whose action is `action`, its hidden fields included. */
  submit(action: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Page>
  /** Posts fields as they are: what a page of ours did not ask for. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Page>
  /** The last page. */
  page(): Page
  /** By name; the same browser may go on with them at another server. */
  cookies: Map<string, string>
}

interface Site {
  /** Where the server listens. */
  port: number
  /** The tenant's domain, sent as `Host`. */
  host: string
}

const redirects = new Set([301, 302, 303, 307, 308])

export const createVisitor = ({ port, host }: Site, cookies = new Map<string, string>()): Visitor => {
  let last: Page | undefined

  const keepCookies = (header: string | string[] | undefined): void => {
    for (const cookie of [header ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
  }

  const fetchPage = async (
    path: string,
    sent: { method?: 'HEAD'; body?: string; headers?: Record<string, string> },
  ): Promise<Page> => {
    const response = await request(`http://127.0.0.1:${port}${path}`, {
      method: sent.method ?? (sent.body === undefined ? 'GET' : 'POST'),
      headers: {
        host,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(sent.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    })
    keepCookies(response.headers['set-cookie'])
    const html = await response.body.text()
    const { location } = response.headers
    if (redirects.has(response.statusCode) && typeof location === 'string') {
      const target = new URL(location, `http://${host}${path}`)
      if (target.host === host) return fetchPage(target.pathname + target.search, {})
      return finish({ status: response.statusCode, path, headers: response.headers, html, leftFor: target.href })
    }
    return finish({ status: response.statusCode, path, headers: response.headers, html })
  }

  const finish = (facts: Omit<Page, 'text' | 'document'>): Page => {
    const document = parse(facts.html)
    last = { ...facts, document, text: document.textContent.replaceAll(/\s+/g, ' ').trim() }
    return last
  }

  const page = (): Page => {
    if (!last) throw new Error('The visitor has not opened a page yet.')
    return last
  }

  const post: Visitor['post'] = (path, fields, headers = {}) =>
    fetchPage(path, { body: new URLSearchParams(fields).toString(), headers })

  return {
    get: (path, headers = {}) => fetchPage(path, { headers }),
    head: (path) => fetchPage(path, { method: 'HEAD' }),
    post,
    page,
    cookies,
    submit(action, fields = {}, headers = {}) {
      const form = page()
        .document.querySelectorAll('form')
        .find((candidate) => candidate.getAttribute('action') === action)
      if (!form) throw new Error(`No form leads to ${action} on the page: ${page().text}`)
      const hidden = form
        .querySelectorAll('input[type=hidden]')
        .map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? ''])
      return post(action, { ...Object.fromEntries(hidden), ...fields }, headers)
    },
  }
}
