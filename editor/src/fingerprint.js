// size:crc32 of the text, the same as masterplan.prose.fingerprint: a cheap check that browser and server agree.
const TABLE = new Uint32Array(256).map((_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n
})

function crc32(text) {
  let crc = ~0
  for (const byte of new TextEncoder().encode(text)) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8)
  return ~crc >>> 0
}

export const fingerprint = (doc) => `${doc.content.size}:${crc32(doc.textContent)}`
