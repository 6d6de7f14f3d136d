// Comments beside the text. Ranges are decorations and no marks: the document says nothing of who remarked on what.
// The list beside the text, drawn by the server, is the only source of the ranges; its positions count code points.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { announce } from '../status.js'
import { isStanding } from '../suggest/index.js'

const commentKey = new PluginKey('comments')
const OBJECT = '\ufffc' // one for every inline thing that is not text, as masterplan/prose/anchors.py has it

/** The signs of a child in the text without suggestions, which is what remarks stand on. */
function signsOf(child, units = child.nodeSize) {
  if (!isStanding(child)) return []
  return child.isText ? [...child.text.slice(0, units)] : Array(child.nodeSize).fill(OBJECT)
}

/** How many code points stand before this place in the block. */
function pointsAt(block, place) {
  let points = 0
  block.forEach((child, offset) => { if (offset < place) points += signsOf(child, place - offset).length })
  return points
}

/** Where in the block so many code points have gone by: before what follows, or after what was last. */
function placeOf(block, points, isEnd) {
  let left = points
  let place = null
  block.forEach((child, offset) => {
    const signs = signsOf(child)
    if (place === null && signs.length && (left < signs.length || (isEnd && left === signs.length))) place = offset + signs.slice(0, left).join('').length
    left -= signs.length
  })
  return place ?? block.content.size
}

function decorate(doc, threads, active) {
  const marks = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const own = threads.filter((thread) => thread.block === node.attrs.id)
    if (!own.length) return false
    for (const { number, start, end } of own) {
      const [from, to] = [placeOf(node, start, false), placeOf(node, end, true)].map((place) => position + 1 + place)
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
  return new Comments({ editor, boot, sync, commentKey, pointsAt, announce })
}
