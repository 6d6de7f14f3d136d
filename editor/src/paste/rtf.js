// Word puts its pictures into the RTF flavour of the clipboard only: the HTML names files on the writer's own disk.
const KINDS = [['\\pngblip', 'image/png', 'png'], ['\\jpegblip', 'image/jpeg', 'jpg']]
const TWIPS = 15 // in a pixel

/** The index after the group that opens at `start`. */
function groupEnd(rtf, start) {
  let depth = 0
  for (let index = start; index < rtf.length; index += 1) {
    const letter = rtf[index]
    if (letter === '\\') index += 1
    else if (letter === '{') depth += 1
    else if (letter === '}') {
      depth -= 1
      if (!depth) return index + 1
    }
  }
  return rtf.length
}

/** What stands in the group itself, its inner groups left out. */
function ownText(group) {
  const parts = []
  let from = 1
  for (let index = 1; index < group.length - 1;) {
    if (group[index] === '{') {
      parts.push(group.slice(from, index))
      index = groupEnd(group, index)
      from = index
    } else index += group[index] === '\\' ? 2 : 1
  }
  parts.push(group.slice(from, -1))
  return parts.join(' ')
}

const measure = (text, name, missing) => Number(new RegExp(`\\\\${name}(-?\\d+)`).exec(text)?.[1] ?? missing)

function bytesOf(hex) {
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = parseInt(hex.slice(index * 2, index * 2 + 2), 16)
  return bytes
}

function pictureOf(group, number) {
  const text = ownText(group)
  const head = text.slice(0, 2000)
  const kind = KINDS.find(([word]) => head.includes(word))
  const hex = text.replace(/\\[a-z]+-?\d*/gi, ' ').replace(/\s+/g, '')
  const width = (measure(head, 'picwgoal', 0) * measure(head, 'picscalex', 100)) / 100 / TWIPS
  if (!kind || hex.length < 40 || hex.length % 2 || /[^0-9a-f]/i.test(hex)) return { file: null, width }
  return { file: new File([bytesOf(hex)], `gambar-${number}.${kind[2]}`, { type: kind[1] }), width }
}

/** In order; `file` is null for a format that is not a picture of the web. */
export function rtfPictures(rtf) {
  const found = []
  for (let index = rtf.indexOf('{'); index >= 0; index = rtf.indexOf('{', index + 1)) {
    const head = rtf.slice(index, index + 20)
    // A second copy for old programs, and the picture bullets of lists.
    if (/^\{(\\\*)?\\(nonshppict|listpicture)/.test(head)) index = groupEnd(rtf, index) - 1
    else if (head.startsWith('{\\pict')) {
      const end = groupEnd(rtf, index)
      found.push(pictureOf(rtf.slice(index, end), found.length + 1))
      index = end - 1
    }
  }
  return found
}

const alike = (a, b) => a > 0 && b > 0 && Math.abs(a - b) <= Math.max(3, a * 0.05)

/** One picture or null for each slot of the HTML. A wrong picture is worse than none: when the counts differ, widths must agree. */
export function assign(slots, pictures) {
  if (slots.length === pictures.length) return pictures.map(({ file }) => file)
  let from = 0
  return slots.map((width) => {
    const index = pictures.findIndex((picture, place) => place >= from && alike(picture.width, width))
    if (index < 0) return null
    from = index + 1
    return pictures[index].file
  })
}
