/**
 * A tenant's list of hosts: `api.example.com` for every port, `api.example.com:8443` for one, `*.example.com` for what lies
 * below a name. Names are compared as URLs have them: in lower case, with IPv6 addresses in brackets.
 */
const covers = (entry: string, { hostname, host }: Pick<URL, 'hostname' | 'host'>): boolean =>
  entry.startsWith('*.')
    ? hostname.endsWith(entry.slice(1)) || host.endsWith(entry.slice(1))
    : entry === hostname || entry === host

export const isListed = (url: URL, hosts: readonly string[]): boolean => {
  const host = url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host
  return hosts.some((entry) => covers(entry, { hostname: url.hostname, host }))
}
