// Runs the WebAuthn ceremony of the form: once by itself when the page opens, and again whenever the button is pressed.
// Some browsers want a click first, so a first try that fails says nothing.
const form = document.querySelector('form[data-webauthn]')
const start = form.querySelector('[data-start]')
const alertArea = form.querySelector('[role="alert"]')
const { webauthn, options, failed, unsupported, wait } = form.dataset

const ceremonies = {
  get: SimpleWebAuthnBrowser.startAuthentication,
  create: SimpleWebAuthnBrowser.startRegistration,
}

const run = async (says) => {
  start.disabled = true
  try {
    const response = await ceremonies[webauthn]({ optionsJSON: JSON.parse(options) })
    form.elements.namedItem('response').value = JSON.stringify(response)
    form.submit()
  } catch {
    alertArea.textContent = says
    start.disabled = false
    // A button that was disabled has lost the keyboard's focus.
    start.focus()
  }
}

if (SimpleWebAuthnBrowser.browserSupportsWebAuthn()) {
  start.hidden = false
  start.addEventListener('click', () => {
    alertArea.textContent = ''
    void run(failed)
  })
  if (wait !== 'click') void run('')
} else {
  alertArea.textContent = unsupported
}
