import { type Egress, EgressError } from '../ports.ts'

/** Where the host gives actions no way out. */
export const unavailable: Egress = {
  send: async () => {
    throw new EgressError('ERR_EGRESS_UNAVAILABLE', 'This server gives actions no way out.')
  },
}
