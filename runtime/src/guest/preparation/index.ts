/** What is needed where worlds and snapshots are prepared, in contexts that no run begins in. */
export { createFreezer } from './freeze.ts'
export { listMentions } from './mentions.ts'
export { watchLoading } from './purity-watch.ts'
