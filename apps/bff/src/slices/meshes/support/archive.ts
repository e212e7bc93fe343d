import { gzip } from 'node:zlib'
import { promisify } from 'node:util'

export type ArchiveFile = { path: string; text: string }

const block = 512
const longestName = 100
const longestPrefix = 155

/**
 * Files as a gzipped tar archive (POSIX.1-1988 ustar), all of one moment. Paths are ASCII, of at most 100 characters after
 * a slash among the first 156; a longer one throws a RangeError.
 */
export function archived(files: readonly ArchiveFile[], at: Date): Promise<Buffer> {
  const parts = files.flatMap(({ path, text }) => {
    const body = Buffer.from(text)
    const rest = body.length % block
    return [header(path, { size: body.length, at }), body, Buffer.alloc(rest === 0 ? 0 : block - rest)]
  })
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * block)]))
}

function header(path: string, { size, at }: { size: number; at: Date }): Buffer {
  const { prefix, name } = placed(path)
  const out = Buffer.alloc(block)
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0')
  out.write(name, 0, longestName, 'ascii')
  out.write(octal(0o644, 8), 100)
  out.write(octal(0, 8), 108)
  out.write(octal(0, 8), 116)
  out.write(octal(size, 12), 124)
  out.write(octal(Math.floor(at.getTime() / 1_000), 12), 136)
  // The sum is taken over a header whose own field is blank.
  out.fill(' ', 148, 156)
  out.write('0', 156)
  out.write('ustar\0' + '00', 257, 'latin1')
  out.write(prefix, 345, longestPrefix, 'ascii')
  const sum = out.reduce((total, byte) => total + byte, 0)
  out.write(`${octal(sum, 7)}\0 `, 148, 'latin1')
  return out
}

/** A long path is cut at the first slash after which the rest fits. */
function placed(path: string): { prefix: string; name: string } {
  if (path.length <= longestName) return { prefix: '', name: path }
  const slash = path.indexOf('/', path.length - longestName - 1)
  if (slash < 0 || slash > longestPrefix) throw new RangeError(`no path of a tar archive: ${path}`)
  return { prefix: path.slice(0, slash), name: path.slice(slash + 1) }
}
