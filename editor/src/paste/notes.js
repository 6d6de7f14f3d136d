// What cannot come leaves words where it stood, and is counted for one sentence to the person.
const MARKED = {
  comment: 'komentar Word', equation: 'persamaan', picture: 'gambar', box: 'kotak teks', smartart: 'SmartArt', chart: 'bagan',
  media: 'video atau objek', footnote: 'catatan kaki',
}
const DROPPED = { deletion: 'hapusan terlacak', row: 'baris tersembunyi', column: 'kolom tersembunyi', link: 'tautan ke berkas komputer' }
const SENTENCES = {
  comment: () => '[Komentar Word tidak ikut tertempel]',
  equation: (detail) => `[Persamaan${quoted(detail)} tidak ikut tertempel]`,
  picture: (detail) => `[Gambar${quoted(detail)} tidak ikut tertempel]`,
  box: (detail) => `[Kotak teks: ${detail}]`,
  smartart: (detail) => `[SmartArt${quoted(detail)} tidak ikut tertempel]`,
  chart: (detail) => `[Bagan${quoted(detail)} tidak ikut tertempel]`,
  media: (detail) => `[Video atau objek${quoted(detail)} tidak ikut tertempel]`,
  footnote: (detail) => `[Catatan kaki${detail ? ` ${detail}` : ''} tidak ikut tertempel]`,
}
const LONGEST = 200

const quoted = (text) => (text ? ` “${text}”` : '')
const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
const listed = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} dan ${parts.at(-1)}` : parts[0])

export class Leftovers {
  constructor() {
    this.counts = new Map()
  }

  count(kind, number = 1) {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + number)
  }

  /** The words that stand in for it. A text box keeps all of its own. */
  note(kind, detail = '') {
    this.count(kind)
    return SENTENCES[kind](kind === 'box' ? detail : shortened(detail))
  }

  summary() {
    const of = (names) => [...this.counts].filter(([kind]) => kind in names).map(([kind, count]) => `${count} ${names[kind]}`)
    const [marked, dropped] = [of(MARKED), of(DROPPED)]
    return [
      marked.length ? `${listed(marked)} tidak ikut tertempel; tempatnya ditandai.` : '',
      dropped.length ? `${listed(dropped)} tidak ikut.` : '',
    ].filter(Boolean).join(' ')
  }
}
