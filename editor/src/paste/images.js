// Pictures in pasted HTML: each gets the file it was made of, or leaves words where it stood.
import { captionWord, dropNumber } from './captions.js'
import { INLINE, drop, each, make, rename, words } from './dom.js'
import { assign, rtfPictures } from './rtf.js'

const OURS = /^\/gambar\/[0-9a-f-]{36}\/$/
const DATA = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/=\s]+)$/
const GUESSED = /generated|dihasilkan|^(image|picture|gambar|clip_image)?[\d_\s-]*(\.\w{3,4})?$/i // words that no person wrote
const SPECK = 2

const source = (image) => image.getAttribute('src') ?? ''
const isLocal = (image) => /^file:/i.test(source(image)) || image.hasAttribute('data-void')
const isSpeck = (image) => ['width', 'height'].some((side) => image.hasAttribute(side) && Number.parseFloat(image.getAttribute(side)) <= SPECK)

export function altOf(image) {
  const alt = (image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()
  return GUESSED.test(alt) ? '' : alt
}

function decoded(address, number) {
  const [, type, body] = DATA.exec(address) ?? []
  if (!type) return null
  try {
    const bytes = Uint8Array.from(atob(body.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0))
    return new File([bytes], `gambar-${number}.${type.slice(6)}`, { type })
  } catch {
    return null
  }
}

function filesOf(images, { rtf, files }) {
  const local = images.filter(isLocal)
  const found = new Map()
  const fromRtf = local.length && rtf ? assign(local.map((image) => Number(image.getAttribute('width')) || 0), rtfPictures(rtf)) : []
  local.forEach((image, index) => found.set(image, fromRtf[index] ?? null))
  images.forEach((image, index) => { if (source(image).startsWith('data:')) found.set(image, decoded(source(image), index + 1)) })
  // "Copy picture" of a browser or of Word: the address and the picture itself.
  if (images.length === 1 && files.length === 1) found.set(images[0], found.get(images[0]) ?? files[0])
  return found
}

function host(image) {
  const paragraph = image.closest('figure,p,h1,h2,h3,h4,h5,h6')
  if (paragraph) return paragraph
  let top = image
  while (INLINE.test(top.parentElement.tagName)) top = top.parentElement
  return top
}

/** The words below a picture that name it, without their number. */
function captionOf(block) {
  const caption = block.matches('figure') ? block.querySelector('figcaption') : block.nextElementSibling
  if (!caption?.matches('p,figcaption')) return null
  const word = captionWord(caption)
  if (!caption.matches('figcaption,.MsoCaption') && (!word || words(caption).length > 300)) return null
  if (/^tab/.test(word)) return null
  dropNumber(caption)
  return caption
}

/** The picture's place is a paragraph that begins with the name of its upload. */
function take(page, image, file, afters) {
  const block = host(image)
  const id = crypto.randomUUID()
  const caption = captionOf(block)
  const holder = make(page.doc, 'p', {}, id, ...(caption?.childNodes ?? []))
  caption?.remove()
  image.remove()
  ;(afters.get(block) ?? block).after(holder)
  afters.set(block, holder)
  page.pictures.set(id, { file, alt: altOf(image) })
}

function keepOurs(page, image) {
  const figure = image.closest('figure') ?? make(page.doc, 'figure')
  if (!figure.isConnected) {
    host(image).after(figure)
    figure.append(image)
  }
  figure.replaceChildren(image, ...(figure.querySelector('figcaption') ? [figure.querySelector('figcaption')] : []))
}

export function takeImages(page) {
  const { body } = page
  each(body, 'img', (image) => { if (isSpeck(image) && !isLocal(image)) image.remove() })
  const images = [...body.querySelectorAll('img')]
  const files = filesOf(images, page.flavours)
  const afters = new Map()
  for (const image of images) {
    if (image.hasAttribute('data-void')) image.remove()
    else if (OURS.test(source(image))) keepOurs(page, image)
    else if (files.get(image)) take(page, image, files.get(image), afters)
    else image.replaceWith(page.leftovers.note('picture', altOf(image)))
  }
  each(body, 'figure', (figure) => { if (!figure.querySelector('img')) rename(figure, 'div') })
  each(body, 'figcaption', (caption) => { if (!caption.closest('figure')) rename(caption, 'p') })
  drop(body, 'source,picture:empty')
}
