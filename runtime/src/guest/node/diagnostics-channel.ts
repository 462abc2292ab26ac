/** Node's `diagnostics_channel`: who publishes and who listens in the same run. */
import { Channel, channelOf } from './diagnostics-channel/channel.ts'
import { tracingChannelOf } from './diagnostics-channel/tracing-channel.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('diagnostics_channel', 'use a channel, or a tracing channel', {
  Channel,
  channel: channelOf,
  hasSubscribers: (name: unknown) => channelOf(name).hasSubscribers,
  subscribe: (name: unknown, listener: unknown) => channelOf(name).subscribe(listener),
  unsubscribe: (name: unknown, listener: unknown) => channelOf(name).unsubscribe(listener),
  tracingChannel: tracingChannelOf,
})
