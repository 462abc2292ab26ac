/**
 * One entry of a tenant's list of hosts that its actions may reach: `api.example.com` for every port,
 * `api.example.com:8443` for one, `*.example.com` for everything below a name. Written as URLs have it, so that the
 * host of a request can be compared as text: in lower case, other alphabets as `xn--`, IPv6 addresses in brackets.
 */
export const isEgressHost = (entry: string): boolean => {
  const [, host = '', port] = /^(?:\*\.(?=.*[a-z]))?([^*]+?)(?::(\d{1,5}))?$/.exec(entry) ?? []
  const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535)
  return isPort && URL.parse(`http://${host}/`)?.hostname === host
}
