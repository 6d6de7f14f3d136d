// Captions lose their frozen number: the book counts. A table's stands before it, a picture's goes with it.
import { dropLetters, each, rename, words } from './dom.js'

const LEAD = /^\s*(tabel|table|gambar|figure|fig\.|grafik|bagan|peta|foto|diagram)[\s\u00a0]+(?:[\dIVXivx]+(?:[.\-–‑][\dA-Za-z]+)*)[\s\u00a0]*[.:–-]?[\s\u00a0]*/i
const isTable = (element) => element?.tagName === 'TABLE'

function tableBeside(caption) {
  const near = (element) => (isTable(element) ? element : element?.matches('div') && element.children.length === 1 && isTable(element.firstElementChild) ? element.firstElementChild : null)
  return near(caption.nextElementSibling) ?? (caption.matches('.MsoCaption') ? near(caption.previousElementSibling) : null)
}

export const captionWord = (element) => LEAD.exec(element.textContent)?.[1].toLowerCase() ?? ''

export function dropNumber(element) {
  dropLetters(element, LEAD.exec(element.textContent)?.[0].length ?? 0)
}

export function tableCaptions({ body }) {
  each(body, 'caption', (caption) => {
    const table = caption.closest('table')
    if (!words(caption) || caption.closest('td,th')) return
    table.before(caption)
    dropNumber(caption)
    rename(caption, 'p').className = 'table-caption'
  })
  each(body, 'p', (paragraph) => {
    const word = captionWord(paragraph)
    const table = paragraph.closest('td,th,li') ? null : tableBeside(paragraph)
    const isCaption = /^tab/.test(word) || (!word && paragraph.matches('.MsoCaption'))
    if (!table || !isCaption || !words(paragraph) || words(paragraph).length > 300) return
    dropNumber(paragraph)
    table.before(paragraph)
    paragraph.className = 'table-caption'
  })
}
