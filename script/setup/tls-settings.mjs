import { throwAwayCertificate } from './certificate.mjs'
import { CannotGoOn } from './progress.mjs'

/**
 * What the server is told besides the environment, and the demo besides that. The demo alone trusts the throw-away certificate: the
 * server goes on trusting what `NODE_EXTRA_CA_CERTS` names on this machine, such as a company's own authority.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export const tlsSettings = async ([option, ...more], env) => {
  if (option === undefined) return { server: {}, demo: {} }
  if (option !== '--tls' || more.length > 0)
    throw new CannotGoOn(`there is no option ${[option, ...more].join(' ')}. There is one: npm start -- --tls`)
  if (env.TLS_CERT_FILE || env.TLS_KEY_FILE) return { server: {}, demo: {} }
  const { certFile, keyFile } = await throwAwayCertificate(env)
  return { server: { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile }, demo: { NODE_EXTRA_CA_CERTS: certFile } }
}
