import { type DemoRecord, recordFile } from './demo-record.ts'
import { certificateFile, origin, whereTheTokenIs } from './settings.ts'

const otpauthUrl = ({ email, totpSecret }: DemoRecord['user']): string =>
  `otpauth://totp/Interlock%20demo:${encodeURIComponent(email)}?secret=${totpSecret}&issuer=Interlock%20demo`

const trust = certificateFile
  ? `
The certificate is a throw-away of this machine. A browser warns of it once; programs trust it with
     export NODE_EXTRA_CA_CERTS=${certificateFile}     (curl: --cacert ${certificateFile})
`
  : ''

/** What a person who has just started the server can do, in order. Shows one secret: the demo user's own. */
export const guide = ({ clientId, user }: DemoRecord, enrolmentUrl: string): string => `
Interlock is running at ${origin}
${trust}
First, if you like: enrol a security key or this device's own authenticator.
     ${enrolmentUrl}
     A reset ends this link; every start prints a new one.

Reset a password:
  1. Open  ${origin}/u/reset-password/request?client_id=${clientId}
     and ask for a reset of  ${user.email}
  2. Open  ${origin}/dev/outbox
     and follow the link of the newest mail; press the button on the page it opens.
  3. The action "seed-webauthn-challenge" now asks for a second factor: the security key if you have enrolled one,
     otherwise the code of the authenticator app.
       - add this secret to an app of yours   ${user.totpSecret}
         or open  ${otpauthUrl(user)}
       - or press "Try another way": the code by text message, to ${user.phoneNumber}, or by mail is in the outbox
  4. Set a new password.

Then:
  5. Write an action of your own: docs/authors.md begins with  npx interlock init
     or bind the other action and change its source by the API, step by step in  docs/management-api.md
     The management client's id and secret, and the demo user's first password, are in  ${recordFile}
  6. The operator's token is ${whereTheTokenIs}

Ctrl-C ends the server.
`
