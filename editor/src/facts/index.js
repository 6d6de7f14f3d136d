// Live facts on the page: tokens show what the rows say now. Choosing and offering them comes after the editor (tool.js).
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import * as dialogs from '../dialogs.js'
import { request } from '../http.js'
import { factText } from '../schema.js'

export const factKey = new PluginKey('facts')
const AGAIN = 60000
const views = new Set()
const state = { known: null, tool: null }

factText.shown = (node) => state.known?.get(node.attrs.key)?.[node.attrs.style] ?? node.attrs.value

function show(dom, node) {
  const { key, value } = node.attrs
  const fact = state.known?.get(key)
  const text = factText.shown(node)
  const isLost = state.known && !fact
  const isChanged = fact && value && value !== text
  dom.classList.toggle('lost', Boolean(isLost)) // the class of a selected token is not ours to take away
  dom.classList.toggle('changed', Boolean(isChanged))
  dom.textContent = isLost ? `[fakta tidak ditemukan${value ? `, terakhir ${value}` : ''}]` : text || '…'
  dom.title = isLost ? 'Barisnya dihapus atau berganti kode.' : `${fact?.label ?? ''}${isChanged ? `. Saat disisipkan: ${value}` : ''}`
}

function tokenView(first) {
  const dom = document.createElement('span')
  dom.className = 'fact'
  const view = {
    dom, node: first,
    show: () => show(dom, view.node),
    update: (node) => {
      if (node.type !== first.type) return false
      view.node = node
      view.show()
      return true
    },
    destroy: () => views.delete(view),
    ignoreMutation: () => true,
  }
  views.add(view)
  view.show()
  return view
}

export const FactTokens = Extension.create({
  name: 'factTokens',
  addProseMirrorPlugins: () => [new Plugin({
    key: factKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, set) => {
        const offers = transaction.getMeta(factKey)
        if (!offers) return set.map(transaction.mapping, transaction.doc)
        return DecorationSet.create(transaction.doc, offers.map((offer) => Decoration.inline(offer.from, offer.to, { class: 'fact-offer' }, { offer })))
      },
    },
    props: {
      decorations: (page) => factKey.getState(page),
      nodeViews: { fact: tokenView },
    },
  })],
})

/** What people can do with facts; the tool is fetched while the page rests, or when it is asked for. */
export class Facts {
  constructor(editor, boot) {
    Object.assign(this, { editor, boot })
    const refresh = () => { if (document.visibilityState === 'visible') this.fetch() }
    document.addEventListener('visibilitychange', refresh)
    setInterval(refresh, AGAIN)
    this.started = this.fetch().then(() => boot.editable && this.tool()).catch(() => {})
  }

  /** Without an answer the last known values stay. */
  async fetch() {
    const answer = await request(this.boot.facts_url).catch(() => null)
    if (!answer?.ok) return
    const { facts } = await answer.json()
    state.known = new Map(facts.map((fact) => [fact.key, fact]))
    views.forEach((view) => view.show())
    state.tool?.refresh()
  }

  async tool() {
    const { Tool } = await import(this.boot.facts_tool_url)
    state.tool ??= new Tool({ editor: this.editor, boot: this.boot, dialogs, factKey, facts: () => state.known ?? new Map() })
    return state.tool
  }

  async choose() {
    if (!state.known) await this.fetch()
    return (await this.tool()).choose()
  }
}
