// Pictures on their way: words hold their place in the text, so that nothing is lost when the way breaks off.
import { Fragment, Slice } from '@tiptap/pm/model'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { unfit, upload } from '../figures.js'
import { banner } from '../status.js'

const named = (alt) => (alt ? ` “${alt.slice(0, 80)}”` : '')
const waiting = (alt) => `[Gambar${named(alt)} belum terunggah]`
const failed = (alt) => `[Gambar${named(alt)} tidak ikut tertempel]`
const moved = (alt) => `[Gambar${named(alt)} ada di bawah]`

const idAt = (node, pictures) => (node.isText ? [...pictures.keys()].find((id) => node.text.startsWith(id)) : undefined)

function worded(node, pictures) {
  const id = idAt(node, pictures)
  if (!id) return node
  const rest = node.text.slice(id.length)
  return node.type.schema.text(waiting(pictures.get(id).alt) + (rest ? ` ${rest.trimStart()}` : ''), node.marks)
}

function placed(node, pictures) {
  if (node.isText) return worded(node, pictures)
  const id = node.type.name === 'paragraph' && node.firstChild ? idAt(node.firstChild, pictures) : undefined
  return node.type.create(id ? { ...node.attrs, id } : node.attrs, each(node.content, pictures), node.marks)
}

function each(fragment, pictures) {
  const nodes = []
  fragment.forEach((node) => nodes.push(placed(node, pictures)))
  return Fragment.fromArray(nodes)
}

/** How far a side may stay open: a paragraph that waits for its picture must not flow into the one at the caret. */
function openness(content, depth, side, pictures) {
  let node = content[side]
  for (let level = 1; level <= depth; level += 1, node = node?.[side]) if (pictures.has(node?.attrs.id)) return level - 1
  return depth
}

export function holdPlaces(slice, pictures) {
  if (!pictures.size) return slice
  const content = each(slice.content, pictures)
  return new Slice(content, openness(content, slice.openStart, 'firstChild', pictures), openness(content, slice.openEnd, 'lastChild', pictures))
}

/** The words after those that held the place are the caption. */
function captionOf(node, alt) {
  const label = waiting(alt)
  if (!node.textContent.startsWith(label)) return node.content
  const [first] = node.content.content
  return node.content.cut(label.length + (first?.text?.[label.length] === ' ' ? 1 : 0))
}

function withFigure(state, position, node, { alt, src }) {
  const { schema, tr } = state
  const $place = state.doc.resolve(position)
  const figure = schema.nodes.figure.create({ src, alt, id: node.attrs.id }, captionOf(node, alt))
  if ($place.parent.canReplaceWith($place.index(), $place.index() + 1, figure.type)) return tr.replaceWith(position, position + node.nodeSize, figure)
  const after = $place.after(1) // a table cell holds no figure
  return relabel(tr.insert(after, figure.type.create({ ...figure.attrs, id: null }, figure.content)), position, node, alt, moved(alt))
}

function relabel(transaction, position, node, alt, label) {
  const old = waiting(alt)
  return node.textContent.startsWith(old) ? transaction.insertText(label, position + 1, position + 1 + old.length) : transaction
}

export class Uploads {
  constructor(url) {
    Object.assign(this, { url, view: null, pictures: new Map(), tail: Promise.resolve() })
  }

  expect(pictures) {
    for (const [id, picture] of pictures) this.pictures.set(id, picture)
  }

  giveUp(pictures) {
    for (const id of pictures.keys()) this.pictures.delete(id)
  }

  /** One after the other. */
  start(pictures) {
    const sent = [...pictures.values()]
    this.tail = this.tail.then(async () => {
      for (const picture of sent) await this.send(picture)
      this.tell(sent)
    })
  }

  async send(picture) {
    const fault = unfit(picture.file)
    try {
      if (fault) throw new Error(fault)
      picture.src = (await upload(this.url, picture.file)).src
    } catch (error) {
      picture.fault = error.message
    }
    picture.file = null
    this.settle()
  }

  /** Also after an undo was taken back: a place that comes again gets its picture. */
  settle() {
    if (this.view.isDestroyed) return
    for (const [position, node] of this.places().reverse()) {
      const picture = this.pictures.get(node.attrs.id)
      if (!picture.src && !picture.fault) continue
      const { state } = this.view
      const transaction = picture.src ? withFigure(state, position, node, picture)
        : relabel(state.tr, position, node, picture.alt, failed(picture.alt))
      this.pictures.delete(node.attrs.id)
      this.view.dispatch(transaction.setMeta('addToHistory', false)) // one undo takes the whole paste back
    }
  }

  places(doc = this.view.state.doc) {
    const found = []
    if (!this.pictures.size) return found
    doc.descendants((node, position) => {
      if (node.type.name === 'paragraph' && this.pictures.has(node.attrs.id)) found.push([position, node])
      return !node.isTextblock
    })
    return found
  }

  decorations(state) {
    const marks = this.places(state.doc).map(([position, node]) => Decoration.node(position, position + node.nodeSize, { class: 'uploading', 'aria-busy': 'true' }))
    return DecorationSet.create(state.doc, marks)
  }

  tell(pictures) {
    const faults = pictures.filter(({ fault }) => fault)
    const nameless = pictures.filter(({ src, alt }) => src && !alt).length
    if (faults.length) banner('paste-failed', { text: `${faults.length} gambar tidak terunggah; tempatnya ditandai. ${faults[0].fault}`, grave: true })
    if (nameless) banner('paste-nameless', { text: `${nameless} gambar yang ditempel belum punya teks alternatif. Pilih gambarnya, tekan Enter, lalu tulis apa yang terlihat.` })
  }
}
