// Everything that can be written, put together for main.js: extensions before the editor exists, bars and keys after.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { CommentRanges } from './comments/index.js'
import { CaptionNumbers } from './decorations.js'
import { FactTokens, Facts } from './facts/index.js'
import { Figures } from './figures.js'
import { Find, FindBar } from './find.js'
import { pageKeys } from './keys.js'
import { Numbers } from './numbers.js'
import { editFootnote, editLink, follow, jumpTo } from './references.js'
import { TableKeys } from './tables.js'
import { mountToolbar } from './toolbar.js'
import { mountWordCount } from './words.js'

const tools = {}

function activate(editor, node, position) {
  if (node?.type.name === 'xref') return follow(editor, tools.numbers, tools.boot, node.attrs.target)
  if (!tools.boot.editable) return false
  if (node?.type.name === 'fact') tools.facts.choose()
  if (node?.type.name !== 'footnote') return node?.type.name === 'fact'
  editFootnote(editor, position)
  return true
}

const Activation = Extension.create({
  name: 'activation',
  addProseMirrorPlugins() {
    const { editor } = this
    return [new Plugin({
      props: {
        handleClickOn: (_, __, node, position) => node.type.name === 'xref' && activate(editor, node, position),
        handleDoubleClickOn: (_, __, node, position) => node.type.name === 'footnote' && activate(editor, node, position),
        handleKeyDown: (view, event) => event.key === 'Enter' && activate(editor, view.state.selection.node, view.state.selection.from),
      },
    })]
  },
})

export function writingExtensions(boot) {
  const shared = [CaptionNumbers(boot), FactTokens, CommentRanges, Activation, Find]
  return boot.editable ? [...shared, Figures(boot), TableKeys] : shared
}

export function mountWriting(editor, boot) {
  const page = document.querySelector('.paper')
  const toolbar = boot.editable ? document.getElementById('editor-toolbar') : null
  Object.assign(tools, { boot, numbers: new Numbers(editor, boot), find: new FindBar(editor, page), facts: new Facts(editor, boot) })
  if (toolbar) mountToolbar(toolbar, editor, tools)
  pageKeys(editor, { toolbar, find: tools.find, link: boot.editable ? () => editLink(editor) : null, fact: boot.editable ? () => tools.facts.choose() : null })
  mountWordCount(document.querySelector('[data-words]'), editor, boot)
  if (location.hash.length > 1) jumpTo(editor, decodeURIComponent(location.hash.slice(1)))
}
