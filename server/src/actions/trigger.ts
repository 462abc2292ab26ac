/** The one trigger this server runs, as `GET /actions/triggers` lists it. */
export const triggerId = 'password-reset-post-challenge'
export const triggerVersion = 'v1'
