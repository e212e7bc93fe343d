import { gunzipSync } from 'node:zlib'

const block = 512

/** The files of a gzipped tar archive, by their paths below its one directory. */
export function filesOf(archive: ArrayBuffer | Buffer): Record<string, string> {
  const tar = gunzipSync(archive)
  const files: Record<string, string> = {}
  let at = 0
  while (at < tar.length && tar[at] !== 0) {
    const field = (start: number, length: number) =>
      tar.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8)
    const path = [field(345, 155), field(0, 100)].filter((each) => each !== '').join('/')
    files[path.slice(path.indexOf('/') + 1)] = tar.toString('utf8', at + block, at + block + size)
    at += block + Math.ceil(size / block) * block
  }
  return files
}
