// The status line's words: how many, how many are advised, how many are selected. Counted as the server counts them.
import { isStanding } from './suggest/index.js'

// Not toLocaleString: a slow machine takes 90 ms to load the rules of a language.
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, '.')
const leaf = (node) => (node.type.name === 'hardBreak' ? ' ' : node.attrs.value ?? '') // of a fact as it was put in

export function countWords(doc, from = 0, to = doc.content.size) {
  let text = ''
  doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock) text += '\n'
    else if (node.isText && isStanding(node)) text += node.text.slice(Math.max(0, from - position), to - position)
    else if (node.isLeaf && !node.isText) text += leaf(node)
  })
  return text.match(/\S+/gu)?.length ?? 0
}

function advice(words, boot) {
  if (!boot.max_words) return ['', '']
  const range = `anjuran ${number(boot.min_words)}–${number(boot.max_words)}`
  if (words < boot.min_words) return ['under', `${range} (masih kurang ${number(boot.min_words - words)})`]
  if (words > boot.max_words) return ['over', `${range} (lebih ${number(words - boot.max_words)})`]
  return ['within', range]
}

export function mountWordCount(line, editor, boot) {
  if (!line) return
  let timer = null
  let words = countWords(editor.state.doc)
  const show = () => {
    const { from, to, empty } = editor.state.selection
    const [state, text] = advice(words, boot)
    const selected = empty ? 0 : countWords(editor.state.doc, from, to)
    line.dataset.state = state
    line.textContent = `${selected ? `${number(selected)} dari ` : ''}${number(words)} kata${text ? `, ${text}` : ''}`
  }
  editor.on('transaction', ({ transaction }) => {
    if (!transaction.docChanged && !transaction.selectionSet) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (editor.isDestroyed) return
      words = countWords(editor.state.doc)
      show()
    }, 300)
  })
  show()
}
