// What is not confirmed by the server stays on this device: one draft per tab, and copies of what could not be merged.
import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { Step } from '@tiptap/pm/transform'
import { collab, receiveTransaction, sendableSteps } from 'prosemirror-collab'
import { extensions } from './schema.js'
import { request } from './http.js'

export const insertedText = (steps) => steps.map((step) => {
  let text = ''
  step.slice?.content.descendants((node) => { if (node.isText) text += node.text; return true })
  return text
}).join('')

export class Drafts {
  constructor(boot, client) {
    this.boot = boot
    this.client = client
    this.prefix = `draft:${boot.doc_url}:${boot.user}:`
    this.copyPrefix = `recover:${boot.doc_url}:${boot.user}:`
    // Held while this tab lives: how another tab tells a living draft from a dead one.
    navigator.locks?.request(`editor:${client}`, () => new Promise(() => {}))
  }

  save(state) {
    const pending = sendableSteps(state)
    if (!pending) {
      localStorage.removeItem(this.prefix + this.client)
      return true
    }
    const draft = { version: pending.version, client: this.client, steps: pending.steps.map((step) => step.toJSON()) }
    try {
      localStorage.setItem(this.prefix + this.client, JSON.stringify(draft))
      return true
    } catch {
      return false // storage is full: the caller warns
    }
  }

  keys(prefix) {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  }

  async orphans() {
    const held = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name))
    return this.keys(this.prefix).filter((key) => !held.has(`editor:${key.slice(this.prefix.length)}`))
  }

  /** Sends what dead tabs left, under their own client id, so that the server's log tells what it already has. */
  async replayOrphans() {
    let failures = 0
    for (const key of await this.orphans()) {
      try {
        await this.replay(JSON.parse(localStorage.getItem(key)))
        localStorage.removeItem(key)
      } catch {
        failures += 1
      }
    }
    return failures
  }

  async replay(draft) {
    const schema = getSchema(extensions)
    const base = await (await request(`${this.boot.doc_url}?at=${draft.version}`)).json()
    let state = EditorState.create({
      doc: schema.nodeFromJSON(base.doc),
      plugins: [collab({ version: draft.version, clientID: draft.client })],
    })
    const transaction = state.tr
    for (const step of draft.steps) transaction.step(Step.fromJSON(schema, step))
    state = state.apply(transaction)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const pending = sendableSteps(state)
      if (!pending) return
      const answer = await request(this.boot.steps_url, {
        version: pending.version, client: draft.client, steps: pending.steps.map((step) => step.toJSON()),
      })
      if (answer.ok) return
      if (answer.status === 422 || answer.status === 413) {
        this.keep({ reason: 'draf ditolak server', doc: state.doc.toJSON(), lost: insertedText(pending.steps) })
        return
      }
      if (answer.status !== 409) throw new Error(`HTTP ${answer.status}`)
      state = this.rebase(state, pending, await answer.json(), schema, draft.client)
    }
    throw new Error('still stale')
  }

  rebase(state, pending, missed, schema, client) {
    const foreign = missed.clients.findIndex((other) => other !== client)
    const own = foreign < 0 ? missed.clients.length : foreign
    const before = state.doc
    const next = state.apply(receiveTransaction(state, missed.steps.map((step) => Step.fromJSON(schema, step)), missed.clients))
    const left = sendableSteps(next)?.steps.length ?? 0
    if (pending.steps.length - own > left) {
      this.keep({ reason: 'paragraf dihapus orang lain', doc: before.toJSON(), lost: insertedText(pending.steps) })
    }
    return next
  }

  /** A copy goes to this device first and to the server as soon as it answers. */
  keep(copy) {
    localStorage.setItem(`${this.copyPrefix}${Date.now()}:${Math.random()}`, JSON.stringify(copy))
    return this.flushCopies()
  }

  async flushCopies() {
    for (const key of this.keys(this.copyPrefix)) {
      try {
        const answer = await request(this.boot.recovered_url, JSON.parse(localStorage.getItem(key)))
        if (answer.ok) localStorage.removeItem(key)
      } catch {
        setTimeout(() => this.flushCopies(), 5000)
        return
      }
    }
  }
}
