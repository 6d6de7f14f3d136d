// Small tools for the inert document that a clipboard is read into.
export const INLINE = /^(A|ABBR|B|CITE|CODE|DEL|EM|FONT|I|INS|LABEL|MARK|O:P|Q|S|SMALL|SPAN|STRIKE|STRONG|SUB|SUP|TIME|U)$/
export const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,figure,pre,hr'

export const squeeze = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim()
export const words = (node) => squeeze(node.textContent)
export const unwrap = (element) => element.replaceWith(...element.childNodes)
export const each = (root, selector, act) => [...root.querySelectorAll(selector)].forEach((element) => { if (root.contains(element)) act(element) })
export const drop = (root, selector) => each(root, selector, (element) => element.remove())

export function make(doc, tag, attributes = {}, ...children) {
  const made = doc.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** The same element under another name; only the attributes given by name come along. */
export function rename(element, tag, kept = []) {
  const made = make(element.ownerDocument, tag)
  for (const name of kept) if (element.hasAttribute(name)) made.setAttribute(name, element.getAttribute(name))
  made.append(...element.childNodes)
  element.replaceWith(made)
  return made
}

/** All that is in the element goes into one inner element. */
export function embrace(element, tag) {
  const inner = make(element.ownerDocument, tag)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** Takes the first letters away, whatever elements they stand in. */
export function dropLetters(element, count) {
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let left = count; left > 0 && texts.nextNode();) {
    const taken = Math.min(left, texts.currentNode.data.length)
    texts.currentNode.data = texts.currentNode.data.slice(taken)
    left -= taken
  }
}

export function comments(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

/** The next sibling that is more than white space. */
export function nextOf(node) {
  let next = node.nextSibling
  while (next && (next.nodeType === 8 || (next.nodeType === 3 && !next.data.trim()))) next = next.nextSibling
  return next
}
