// Comments beside the text. Ranges are decorations and no marks: the document says nothing of who remarked on what.
// The list beside the text, drawn by the server, is the only source of the ranges; its positions count code points.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { announce } from '../status.js'

const commentKey = new PluginKey('comments')
const OBJECT = '\ufffc' // one for every inline thing that is not text, as masterplan/prose/anchors.py has it

function flatText(block) {
  let text = ''
  block.forEach((child) => { text += child.isText ? child.text : OBJECT.repeat(child.nodeSize) })
  return text
}

const unitsOf = (text, points) => [...text].slice(0, points).join('').length
const pointsOf = (text, units) => [...text.slice(0, units)].length

function decorate(doc, threads, active) {
  const marks = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const own = threads.filter((thread) => thread.block === node.attrs.id)
    if (!own.length) return false
    const text = flatText(node)
    for (const { number, start, end } of own) {
      const [from, to] = [start, end].map((points) => position + 1 + unitsOf(text, points))
      const name = number === active ? 'cm on' : 'cm'
      if (from < to) marks.push(Decoration.inline(from, to, { class: name, 'data-thread': number }, { number }))
    }
    return false
  })
  return DecorationSet.create(doc, marks)
}

export const CommentRanges = Extension.create({
  name: 'commentRanges',
  addProseMirrorPlugins: () => [new Plugin({
    key: commentKey,
    state: {
      init: () => ({ threads: [], active: '', set: DecorationSet.empty }),
      apply: (transaction, old) => {
        const next = transaction.getMeta(commentKey)
        if (!next) return transaction.docChanged ? { ...old, set: old.set.map(transaction.mapping, transaction.doc) } : old
        const { threads, active } = { ...old, ...next }
        return { threads, active, set: decorate(transaction.doc, threads, active) }
      },
    },
    props: {
      decorations(state) { return this.getState(state).set },
      handleClick: (_view, _position, event) => {
        const number = event.target.closest?.('.cm')?.dataset.thread
        if (number) dispatchEvent(new CustomEvent('comment-chosen', { detail: number }))
        return false
      },
    },
  })],
})

/** The list and the form are fetched while the page rests, once the editor is ready. */
export async function commentsBeside(editor, boot, sync) {
  const { Comments } = await import(boot.comments_tool_url)
  return new Comments({ editor, boot, sync, commentKey, flatText, pointsOf, announce })
}
