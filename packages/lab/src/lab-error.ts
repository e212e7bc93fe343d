/** A failure a person can act on: which part, and the last lines it said. */
export class LabError extends Error {
  readonly part: string
  readonly lines: readonly string[]

  constructor(part: string, lines: readonly string[]) {
    super(`${part} failed\n${lines.map((line) => `  ${line}`).join('\n')}`)
    this.name = 'LabError'
    this.part = part
    this.lines = lines
  }
}
