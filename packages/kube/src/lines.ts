const newline = 0x0a

/** Splits bytes at newlines, whatever the chunks. Throws `tooLong()` before it keeps more than `most` bytes. */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  { most, tooLong, cut }: { most: number; tooLong: () => Error; cut: () => Error },
): AsyncGenerator<string, void, undefined> {
  let kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      kept.push(chunk.subarray(from, to))
      yield Buffer.concat(kept).toString('utf8')
      kept = []
      size = 0
      from = to + 1
    }
    const rest = chunk.subarray(from)
    size += rest.length
    if (size > most) throw tooLong()
    if (rest.length > 0) kept.push(rest)
  }
  if (size > 0) throw cut()
}
