/** The requests of one run: which wait, which are under way, and what changed since the host was told last. */
import type { EgressAnswer, EgressRequest } from '../../bridge/egress.ts'
import { add, bare, createList, deleteProperty, keys, type List, parseJson, toNumber } from '../primordials.ts'
import { surroundings } from '../surroundings.ts'

interface Entry {
  /** Gone once the host has it: bodies are large. */
  request: EgressRequest | undefined
  settle: (answer: EgressAnswer) => void
}

export interface EgressChanges {
  requests: List<EgressRequest>
  /** May hold ids the host has never seen. */
  abandonedRequests: List<number>
}

export interface EgressLedger {
  /** `settle` is called once, unless the request is abandoned before. Answers the request's id. */
  send(request: Omit<EgressRequest, 'id'>, settle: (answer: EgressAnswer) => void): number
  abandon(id: number): void
  /** Takes the host's answer. An id that is not under way is ignored. */
  settle(id: number, answerJson: string): void
  collectChanges(): EgressChanges
}

export const createEgressLedger = (): EgressLedger => {
  const pending: Record<number, Entry> = bare({})
  let abandoned = createList<number>()
  let underWay = 0
  let lastId = 0
  /** The host counts requests; once it has said that there may be no more, there is no need to ask again. */
  let exhausted: EgressAnswer | undefined

  const close = (id: number): Entry | undefined => {
    const entry = pending[id]
    if (entry === undefined) return undefined
    deleteProperty(pending, id)
    if (entry.request === undefined) underWay -= 1
    return entry
  }

  const settleWaiting = (answer: EgressAnswer) => {
    const ids = keys(pending)
    for (let index = 0; index < ids.length; index++) {
      const id = toNumber(ids[index])
      if (pending[id]?.request !== undefined) close(id)?.settle(answer)
    }
  }

  return {
    send: (request, settle) => {
      lastId += 1
      if (exhausted !== undefined) settle(exhausted)
      else pending[lastId] = { request: bare({ id: lastId, ...request }), settle }
      return lastId
    },
    abandon: (id) => {
      if (close(id) !== undefined) add(abandoned, id)
    },
    settle: (id, answerJson) => {
      if (pending[id]?.request !== undefined) return
      const answer = parseJson(answerJson) as EgressAnswer
      close(id)?.settle(answer)
      if (answer.ok || answer.code !== 'ERR_EGRESS_REQUESTS') return
      exhausted = answer
      settleWaiting(answer)
    },
    collectChanges: () => {
      const requests = createList<EgressRequest>()
      const ids = keys(pending)
      for (let index = 0; index < ids.length && underWay < surroundings.egressConcurrent; index++) {
        const entry = pending[toNumber(ids[index])]
        if (entry?.request === undefined) continue
        add(requests, entry.request)
        entry.request = undefined
        underWay += 1
      }
      const abandonedRequests = abandoned
      abandoned = createList<number>()
      return { requests, abandonedRequests }
    },
  }
}
